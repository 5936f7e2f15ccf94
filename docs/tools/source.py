# zh: 源码的一种语言：留下一种语言的注释，另一种拿走。代码一行不动，行号永远是真的。
#
# zh: 相连的整行注释是一段。段里的话各归 zh、en 或两者共有；留下的排在段首，空出来的行写成 VACANT，
#     排在段末：文档注释因此仍是一整段，网页再把这些行藏起来。
#
# zh: 没有采用的设计：Doxygen 自己的 \~chinese（弄坏 Markdown 的标题，管不到 // 注释）；
#     删掉那些行（行号就错了，链接也跟着错）。
#
# en: One language of a source: keeps the comments in one language and takes the other away. The code
#     does not move by a line, so line numbers are always true.
#
# en: Adjoining lines of nothing but comment are a run. What a run says belongs to zh, to en, or to
#     both; what is kept goes to its front, and the lines left over become VACANT at its end. So a
#     documentation comment is still one block, and the page hides those lines.
#
# en: Designs not taken: Doxygen's own \~chinese (breaks Markdown titles and does not reach //
#     comments); deleting the lines (then line numbers lie, and the links that follow them).
import difflib
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "learn.d"))
from ground.bilingual import CPP, TAG  # noqa: E402

VACANT = "//%"
WHOLE = re.compile(r"^(\s*)(///|//)(?!/)(.*)$")
ANCHOR = re.compile(r"^\s*// \[[\w-]+\]\s*$")
# zh: 这样开头的行是两种语言共有的：Doxygen 的命令，Go 里的出处。
# en: A line that begins so belongs to both: Doxygen's commands, the place in Go.
SHARED = re.compile(r"^\s*([@\\](?!p\b|ref\b|c\b)\w|Go: )")


def comment_starts(text):
    """zh: 行号 -> 注释开始的列；字符串里的 // 不算。
    en: Line -> the column where its comment begins; a // in a string does not count."""
    starts, at, line = {}, 0, 0
    for found in CPP.finditer(text):
        if found["line"]:
            line += text.count("\n", at, found.start())
            at = found.start()
            starts[line] = found.start() - text.rfind("\n", 0, found.start()) - 1
    return starts


def spoken(words, language):
    """zh: 把一行按标记切开，产出（语言，文字）。 en: Splits a line at its tags: (language, words)."""
    found = list(TAG.finditer(words))
    head = words[: found[0].start()] if found else words
    if head.strip() or not found:
        yield (None if SHARED.match(head) else language), head
    for i, tag in enumerate(found):
        end = found[i + 1].start() if i + 1 < len(found) else len(words)
        yield tag[1], words[tag.end() : end].strip()


def one_run(run, want):
    """zh: 一段注释里属于 want 的那些行。 en: The lines of a run of comments that belong to want."""
    kept, language = [], None
    for line in run:
        indent, mark, words = WHOLE.match(line).groups()
        if not words.strip():
            # zh: 段间的空行：只在两段都留下时才要 en: a blank between paragraphs, if both are kept
            if kept and kept[-1].strip() not in ("//", "///"):
                kept.append(indent + mark)
            language = None
            continue
        pieces, mine = list(spoken(words, language)), []
        for language, text in pieces:
            if language in (None, want) and text.strip():
                # zh: Doxygen 会把 's 也当成参数的名字 en: Doxygen takes an 's for part of the parameter
                mine.append(re.sub(r"@p (\w+)(?='s)", r"`\1`", text.strip()))
        if mine and kept and re.fullmatch(r"\s*///? [@\\\\]\w+", kept[-1]):
            kept[-1] += " " + " ".join(mine)  # zh: “@pre”独占一行 en: "@pre" alone on its line
        elif mine:
            hang = "    " if re.match(r" {4,}\S", words) and not TAG.search(words) else ""
            kept.append(f"{indent}{mark} {hang}{' '.join(mine)}")
        # zh: 命令之后的话仍属它的语言，下一行没有标记时沿用。
        # en: Words after a command keep their language for an untagged next line.
        if pieces[-1][0] is None and SHARED.match(words):
            language = None
    while kept and kept[-1].strip() in ("//", "///"):
        kept.pop()
    return kept + [VACANT] * (len(run) - len(kept))


def translate(text, want):
    lines, starts, out, run = text.split("\n"), comment_starts(text), [], []

    def flush():
        out.extend(one_run(run, want))
        run.clear()

    for number, line in enumerate(lines):
        column = starts.get(number)
        alone = column is not None and not line[:column].strip() and WHOLE.match(line)
        if alone and not ANCHOR.match(line):
            mark = WHOLE.match(line)[2]
            if run and WHOLE.match(run[-1])[2] != mark:
                flush()
            run.append(line)
            continue
        flush()
        if column is not None and not alone:
            words = re.match(r"(//[/<!]*\s*)(.*)", line[column:])
            pieces = [t for which, t in spoken(words[2], None) if which in (None, want)]
            line = (line[:column] + words[1] + " ".join(pieces)).rstrip()
        out.append(line)
    flush()
    return "\n".join(out)


def difference(changed, language):
    """zh: {文件: 改过的文字} -> 统一格式的差异，注释只留一种语言的。
    en: {file: changed text} -> a unified diff with the comments of one language only."""
    out = []
    for path, new in changed.items():
        with open(os.path.join(ROOT, path), encoding="utf-8") as file:
            sides = [translate(text, language).split("\n") for text in (file.read(), new)]
        lines = difflib.unified_diff(*sides, "a/" + path, "b/" + path, lineterm="")
        out += [line for line in lines if line[1:] != VACANT]
    return "\n".join(out)


def lead(text):
    """zh: 文件开头的议论成为这个文件的文档。 en: The argument at a file's top becomes its document."""
    lines = text.split("\n")
    end = 0
    while end < len(lines) and re.match(r"//(?!/)", lines[end]):
        end += 1
    body = [line for line in lines[:end] if line != VACANT]
    if len(body) + 1 > end:
        return text
    # zh: 这里的话要经过 Markdown：尖括号和网址之类要转义。
    # en: These words go through Markdown: angle brackets must be escaped.
    body = ["///" + re.sub(r"(?<![\w`])<(?=\w)|<(?=\w+>)", r"\\<", line[2:]) for line in body]
    return "\n".join(["/// @file", *body, *[VACANT] * (end - 1 - len(body)), *lines[end:]])
