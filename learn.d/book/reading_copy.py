# zh: 读本：runtime/ 的一份拷贝，注释只留一种语言，给在编辑器里读的人。代码一行不动，行号与原件相同。
# en: The reading copy: runtime/ with its comments in one language, for those who read in an editor. The
#     code does not move by a line, and line numbers are those of the original.
import os
import re
import shutil
import sys

from ground import bilingual, build, job
from ground.say import text


def translated(path, language):
    """zh: 用的是网站的过滤器；它空出来的行、页面用的锚点，这里都成为空行。
    en: By the site's filter; the lines that it leaves vacant and the anchors of the pages become blank."""
    tools = os.path.join(job.ROOT, "docs", "tools")
    if tools not in sys.path:
        sys.path.append(tools)
    import source

    with open(path, encoding="utf-8") as file:
        lines = source.translate(file.read(), language).split("\n")
    # zh: zh:、en: 之后的行悬挂缩进，标记拿走了就不必 en: lines hang behind zh: and en:, needless without these
    lines = [re.sub(r"^(\s*//) {5}(?=\S)", r"\1 ", line) for line in lines]
    return "\n".join("" if line == source.VACANT or source.ANCHOR.match(line) else line for line in lines)


def run(said):
    there = os.path.join(job.ROOT, "build", "read", said.language)
    shutil.rmtree(there, ignore_errors=True)
    sources = [path for path in bilingual.files("runtime") if path.endswith((".hpp", ".cpp"))]
    for path in sources:
        copy = os.path.join(there, os.path.relpath(path, job.ROOT))
        os.makedirs(os.path.dirname(copy), exist_ok=True)
        with open(copy, "w", encoding="utf-8") as file:
            file.write(translated(path, said.language))
        os.chmod(copy, 0o444)  # zh: 免得改错地方 en: lest it be edited instead of the original
    print(text("read_copy", n=len(sources), path=build.shown(there)))
    return 0
