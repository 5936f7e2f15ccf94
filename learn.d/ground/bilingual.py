# zh: 注释的中英成对：每一段 zh: 都有它的 en:，反过来也是。一块注释里两者的数目要相等；
#     写了汉字的注释不能没有标记。
# en: Comments come in twins: each zh: paragraph has its en:, and the reverse. Within a block of
#     comments the two must be equal in number; a comment with Chinese in it can't be without a tag.
import os
import re

from ground import job

FOLDERS = ("runtime", "chapters", "exercises", "tests")
# zh: 字符串和字符先被认出来，里面的 // 才不会被当作注释。
# en: Strings and characters are recognised first, so that a // in them isn't taken for a comment.
CPP = re.compile(
    r'R"(?P<d>[^()\\ ]{0,16})\(.*?\)(?P=d)"|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'|(?P<line>//[^\n]*)|(?P<block>/\*.*?\*/)",
    re.S,
)
CMAKE = re.compile(r'"(?:\\.|[^"\\])*"|(?P<line>#[^\n]*)|(?P<block>(?!))', re.S)
TAG = re.compile(r"(?<!\S)(zh|en):(?=\s|$)")
HAN = re.compile(r"[\u4e00-\u9fff]")


def blocks(source, grammar):
    """zh: 一块：相连的整行注释，或一行代码后面的注释。产出（行号，文字）。
    en: A block: adjoining lines of nothing but comment, or the comment behind a line of code.
    Yields (line number, text)."""
    number, block, last = 0, [], -2
    for found in grammar.finditer(source):
        comment = found["line"] or found["block"]
        if comment is None:
            continue
        line = source.count("\n", 0, found.start()) + 1
        start_of_line = source.rfind("\n", 0, found.start()) + 1
        alone = source[start_of_line : found.start()].strip() == ""
        if block and not (alone and line == last + 1):
            yield number, "\n".join(block)
            block = []
        if not block:
            number = line
        block.append(comment)
        last = line + comment.count("\n") if alone else -2
    if block:
        yield number, "\n".join(block)


def check_text(source, grammar):
    """zh: 不成对的注释块：（行号，zh 数，en 数）。
    en: Blocks without twins: (line, zh count, en count)."""
    for line, block in blocks(source, grammar):
        tags = TAG.findall(block)
        zh, en = tags.count("zh"), tags.count("en")
        if zh != en or (not tags and HAN.search(block)):
            yield line, zh, en


def files(*folders):
    for folder in folders or FOLDERS:
        for where, _, names in sorted(os.walk(os.path.join(job.ROOT, folder))):
            for name in sorted(names):
                if name.endswith((".hpp", ".cpp")) or name == "CMakeLists.txt":
                    yield os.path.join(where, name)


def check():
    """zh: 返回看过的文件数和发现的问题。 en: Returns how many files were read, and the findings."""
    count, findings = 0, []
    for path in files():
        count += 1
        with open(path, encoding="utf-8") as file:
            source = file.read()
        grammar = CMAKE if path.endswith("CMakeLists.txt") else CPP
        for line, zh, en in check_text(source, grammar):
            findings.append(f"{os.path.relpath(path, job.ROOT)}:{line}: zh: {zh}, en: {en}")
    return count, findings
