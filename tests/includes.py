# zh: runtime/ 和 chapters/ 里没有用不着的 #include。用不用得着，问 include-what-you-use（Debian 的包 iwyu），可它比我们
#     严：凡是用到的，都要直接包含。我们让一个文件靠别的头文件带进来的东西，所以它说该去掉的，有两种留下：带来了别处
#     不带的、这里用到的东西；声明了这里所定义的函数。没有 iwyu 就跳过，并说出来。
# en: There is no #include in runtime/ and chapters/ that is not used. What is used we ask
#     include-what-you-use (Debian's package iwyu), but it is stricter than we are: it wants all that is used
#     to be included directly. We let a file rely on what its headers bring, so two kinds stay of what it would
#     remove: those that bring what is used here and no other brings, and those that declare a function
#     that is defined here. Without iwyu the check is skipped, and says so.
import concurrent.futures
import functools
import json
import os
import re
import shlex
import shutil
import subprocess
import sys

from doors import declared

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SKIPPED = 77  # zh: ctest 也知道 en: known to ctest
REMOVE = re.compile(r"^(\S+) should remove these lines:\n((?:.+\n)*)", re.M)
ADD = re.compile(r"^(\S+) should add these lines:\n((?:.+\n)*)", re.M)
INCLUDE = re.compile(r'#\s*include\s+([<"][^>"]+[>"])')
# zh: 模板还没有实例化时，iwyu 看不出这些 en: in a template that is not instantiated iwyu does not see these
UNSEEN = {
    "<concepts>": re.compile(r"std::(convertible_to|integral|invocable|same_as|\w+_integral)\b"),
    "<type_traits>": re.compile(r"std::(is_\w+|\w+_t|\w+_v)\b"),
    "<utility>": re.compile(r"std::(exchange|forward|move|pair|swap)\b"),
}
# zh: 命令里这些与包含什么有关 en: of a command, what has to do with including
KEPT = re.compile(r"-(D|I|std=|isystem)")


def sources():
    for room in ("runtime", "chapters"):
        for folder, _, names in sorted(os.walk(os.path.join(ROOT, room))):
            yield from (os.path.join(folder, name) for name in sorted(names) if name.endswith((".cpp", ".hpp")))


def commands(build):
    """zh: {源文件: 参数}；头文件借一个源文件的。 en: {source: its flags}; a header borrows a source's."""
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
        entries = {entry["file"]: shlex.split(entry["command"]) for entry in json.load(file)}
    flags, wrong = {}, []
    for room in ("runtime", "chapters"):
        inside = [path for path in sources() if path.startswith(os.path.join(ROOT, room, ""))]
        known = {path: kept(entries[path]) for path in inside if path in entries}
        if not known:
            raise SystemExit(f"{room}: not compiled in {build} / 没有编译")
        wrong += [f"{shown(path)}: not compiled / 没有编译" for path in inside if path.endswith(".cpp") and path not in known]
        # zh: 认得的路最多的那个 en: the one that knows most paths
        borrowed = max(known.values(), key=len)
        flags |= {path: known.get(path, borrowed) for path in inside}
    return flags, wrong


def kept(command):
    words = iter(command)
    return tuple(word for first in words if KEPT.match(first)
                 for word in ([first, next(words)] if first == "-isystem" else [first]))


def shown(path):
    return os.path.relpath(path, ROOT)


def run(command):
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", errors="replace", check=False)


def own(found, path):
    """zh: iwyu 对这个文件（不是对它包含的）说的那几行里的头文件。
    en: The headers in what iwyu says of this file, not of those that it includes."""
    lines = [lines for named, lines in found if os.path.realpath(named) == os.path.realpath(path)]
    return INCLUDE.findall("".join(lines))


@functools.lru_cache(maxsize=None)
def brings(header, flags):
    """zh: 包含它就看得见的一切文件。 en: All files that can be seen once it is included."""
    said = subprocess.run(["clang++", *flags, "-M", "-x", "c++", "-"], input=f"#include {header}\n",
                          capture_output=True, encoding="utf-8", check=True).stdout
    return frozenset(said.replace("\\\n", " ").split()[1:])


def comes_with(header, others, flags):
    return any(path.endswith("/" + header[1:-1]) for other in others for path in brings(other, flags))


def part_of(wanted, header, flags):
    """zh: 标准库和系统的头文件：要的是它里面的一份，只是叫那份自己的名字。
    en: A header of the standard library or the system: wanted is a part of it, by that part's own name."""
    private = wanted.startswith("<bits/") and comes_with(wanted, [header], flags)
    return header.startswith("<") and (private or os.path.basename(wanted[1:-1]) == os.path.basename(header[1:-1]))


def needed(header, others, wanted, flags):
    """zh: 要的东西里，有的只有它带来。 en: Of what is wanted something comes with it alone."""
    return any(part_of(one, header, flags) or comes_with(one, [header], flags) and not comes_with(one, others, flags)
               for one in wanted)


def declares(header, path, text):
    """zh: 它声明的函数，这里有定义。 en: It declares a function that is defined here."""
    here = os.path.join(ROOT, "runtime", header[1:-1])
    return path.endswith(".cpp") and os.path.exists(here) and any(
        re.search(rf"^\S.*\b{re.escape(name)}\(", text, re.M) for name in declared(here))


def unused(path, flags):
    """zh: 一个文件里用不着的，和读不懂它时 clang 的话。
    en: What is not used in a file, and what clang says if it does not understand it."""
    said = run(["include-what-you-use", *flags, "-Xiwyu", "--no_fwd_decls", "-x", "c++", path]).stderr
    if faults := re.findall(r"^.*error: .*", said, re.M):
        return faults
    if not own(REMOVE.findall(said), path):
        return []
    with open(path, encoding="utf-8") as file:
        text = file.read()
    included, wanted = INCLUDE.findall(text), own(ADD.findall(said), path)
    wrong = []
    for header in own(REMOVE.findall(said), path):
        others = [other for other in included if other != header]
        unseen = header in UNSEEN and path.endswith(".hpp") and UNSEEN[header].search(text)
        if not (unseen or declares(header, path, text) or needed(header, others, wanted, flags)):
            included = others
            wrong.append(f"{shown(path)}: {header} is not used / 用不着")
    return wrong


def main(build):
    if missing := [name for name in ("include-what-you-use", "clang++") if not shutil.which(name)]:
        print(f"SKIPPED: {', '.join(missing)} not installed, unused includes are not looked for")
        print(f"跳过：没有安装 {'、'.join(missing)}，不查用不着的 #include")
        return SKIPPED
    flags, wrong = commands(build)
    with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        for found in pool.map(unused, flags, flags.values()):
            wrong += found
    print(f"{len(flags)} files, {len(wrong)} unused / {len(flags)} 个文件，{len(wrong)} 处用不着")
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
