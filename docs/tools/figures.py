# zh: 图：一份 dot 源，两种语言。字符串写成 "zh: 中文 en: English"，首行注释是图题。
#     不写颜色：颜色在 CSS 里，随明暗而变；节点的种类用 class 说（see docs/theme/site.css）。
# en: Figures: one dot source for both languages. A string is written "zh: 中文 en: English", the
#     first line's comment is the caption. No colours: they are in the CSS and follow light and dark;
#     a node's kind is told by its class (see docs/theme/site.css).
import re

from records import Fault, read

STRING = re.compile(r'"zh: ((?:\\.|[^"\\])*?) en: ((?:\\.|[^"\\])*)"')
CAPTION = re.compile(r"// zh: (.*?) en: (.*)")
COMMON = """
  graph [bgcolor=transparent, fontname="Noto Sans CJK SC", fontsize=12, nodesep=0.3, ranksep=0.35];
  node [shape=box, style=rounded, fontname="Noto Sans CJK SC", fontsize=12, margin="0.14,0.07", height=0.3];
  edge [fontname="Noto Sans CJK SC", fontsize=11, arrowsize=0.7];
"""


def spaced(line):
    """zh: 边上的话与边之间空一点，不然线就穿过字。
    en: Keeps what is written on an edge off the edge, or the line would go through the letters."""
    if "->" not in line:
        return line
    words = r'(?<=\blabel=")[^"]+'
    return re.sub(words, lambda found: "\\n".join(f"\u00a0\u00a0{w}\u00a0" for w in found[0].split("\\n")), line)


def prepare(path, language):
    """zh: 一种语言的 dot，在一行里，和图题。 en: One language's dot, on one line, and its caption."""
    text = read(path)
    caption = CAPTION.match(text)
    if not caption:
        raise Fault(path, 1, "the first line must be the caption: // zh: ... en: ...")
    chosen = 1 if language == "zh" else 2
    for number, line in enumerate(text.split("\n"), 1):
        if re.search(r'"zh: ', STRING.sub("", line)):
            raise Fault(path, number, "zh: without en: in a string")
    text = STRING.sub(lambda found: f'"{found[chosen]}"', text)
    text = "\n".join(map(spaced, text.split("\n"))).replace("{", "{" + COMMON, 1)
    text = re.sub(r"^\s*//.*$", "", text, flags=re.M)
    return re.sub(r"\s*\n\s*", " ", text).strip(), caption[chosen].replace('"', "")
