# zh: 答案编译时读了哪些文件。编译器自己报来（-MD），汇编器也报（--MD，.incbin 读的），所以宏、#line、
#     system_header 都瞒不过；路径总是落到真正的文件上再看，所以符号链接、硬链接、抄来的一份也一样。
#     管不了的：把参考答案的文字抄进自己的文件，再改一个字。那与自己写的分不开。
# en: Which files were read while an answer was compiled. The compiler tells (-MD), and the assembler
#     (--MD, for what .incbin reads), so macros, #line and system_header hide nothing; each path is
#     followed to the file that it is, so symbolic links, hard links and copies are no way round.
#     What can't be seen: the reference's words copied into one's own file and changed by a letter.
#     They are the same as words of one's own.
import filecmp
import os
import re

from ground import job

# zh: 项目里可以包含的：头文件，和它们预编译好的。 en: What may be included of the project: headers,
# also precompiled ones.
HEADERS = (".hpp", "cmake_pch.hxx", "cmake_pch.hxx.gch", "cmake_pch.hxx.pch", "cmake_pch.hxx.cxx")
FOLDERS = ("runtime", "chapters", "exercises", "tests")


def asked(platform):
    """zh: 给编译器的参数。-MP 让每个文件独占一行。
    en: The compiler's flags. With -MP each file has a line of its own."""
    return ["-MD", "-MP", "-MF", f"{platform}.d", f"-Wa,--MD,{platform}.asm.d"]


def plain(name):
    """zh: 去掉 make 的转义：空白前的反斜杠成倍再加一，# 前多一个，$ 成双。
    en: Undoes make's escapes: before a blank backslashes are doubled and one added, before # one is
    added, $ is doubled."""

    def original(found):
        slashes, sign = found[1], found[2]
        return slashes[: (len(slashes) - 1 if sign == "#" else len(slashes) // 2)] + sign

    return re.sub(r"(\\+)([ \t#])", original, name).replace("$$", "$")


def read(folder, platform):
    """zh: 编译器除答案自己以外读过的文件。 en: What the compiler read, besides the answer itself."""
    with open(os.path.join(folder, f"{platform}.d"), "rb") as file:
        text = os.fsdecode(file.read())
    return [plain(line[:-1]) for line in text.split("\n") if line.endswith(":") and line[0] != " "]


def assembled(folder, platform, source):
    """zh: 汇编器读过的：编译器写的汇编（已经删了）和源码的名字之外，什么也不该有。
    en: What the assembler read: beside the compiler's assembly, which is removed by now, and the
    name of the source there should be nothing."""
    with open(os.path.join(folder, f"{platform}.asm.d"), "rb") as file:
        text = os.fsdecode(file.read()).replace("\\\n", " ")
    words = [plain(word) for word in re.split(r"(?<!\\)\s+", text.strip())[1:]]
    own = (source, os.path.basename(source))
    left = [os.path.join(folder, word) for word in words if word not in own]
    return [path for path in left if os.path.exists(path) or not path.endswith(".s")]


def sources():
    """zh: 项目的 .cpp，按长短分。 en: The project's .cpp files, by their length."""
    found = {}
    for folder in FOLDERS:
        for where, _, names in os.walk(os.path.join(job.ROOT, folder)):
            for path in (os.path.join(where, name) for name in names if name.endswith(".cpp")):
                found.setdefault(os.path.getsize(path), []).append(path)
    return found


def forbidden(folder, platform, source):
    """zh: 读了不许读的：（哪句话，哪个文件）；没有就是空。说不清是哪个文件的，也不许。
    en: What was read and may not be: (which message, which file), or None. A file that can't be told
    may not be either."""
    odd, known = assembled(folder, platform, source), sources()
    if odd:
        return "ex_reads_odd", odd[0]
    for name in read(folder, platform):
        path = os.path.realpath(os.path.join(folder, name))
        inside = path.startswith(os.path.realpath(job.ROOT) + os.sep)
        if path == os.path.realpath(source):  # zh: 包含了自己 en: includes itself
            continue
        if not os.path.isfile(path) or name.startswith(("/proc/", "/dev/")):
            return "ex_reads_odd", name
        if inside and not path.endswith(HEADERS):
            return "ex_includes_source", os.path.relpath(path, os.path.realpath(job.ROOT))
        for reference in known.get(os.path.getsize(path), ()):
            if filecmp.cmp(path, reference, shallow=False):
                return "ex_includes_source", os.path.relpath(reference, job.ROOT)
    return None
