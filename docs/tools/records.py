# zh: 数据文件的格式：空行隔开的一条条记录，首行 [键] 附言，其余“字段: 文字”，续行缩进；# 开头是注释。
#     以及书的骨架：有哪些章，页的次序。
# en: The format of the data files: records apart by blank lines, first [key] words, then
#     "field: text" with indented continuation; # begins a comment. And the book's skeleton: which
#     chapters there are and the order of the pages.
import glob
import os
import re

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LANGUAGES = ("zh", "en")
CHAPTERS = ("ch1_entry", "ch2_goroutine", "ch3_runqueue", "ch4_machine", "ch5_spinning")
# zh: 读的次序；上一页、下一页由它定。 en: The order of reading; it gives previous and next.
ORDER = ("index", "gmp_map", *CHAPTERS, "limits", "checker", "museum", "orders")
ORDER += ("glossary", "errata", "since", "coverage")
CJK = "\u2e80-\u303f\u3400-\u9fff\uff00-\uffef\u2018-\u201f\u2026\u2014"


class Fault(Exception):
    """zh: 一处写错的地方：文件、行、一句话。 en: A mistake: file, line, one sentence."""

    def __init__(self, path, line, text):
        super().__init__(f"{os.path.relpath(path, ROOT)}:{line}: {text}")


def path_of(*parts):
    return os.path.join(ROOT, *parts)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def write(path, text):
    """zh: 内容没变就不碰它：时间戳不动，后面就不必重做。
    en: Leaves an unchanged file alone: its time stays, and what follows need not be redone."""
    if os.path.exists(path) and read(path) == text:
        return False
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path + ".new", "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(path + ".new", path)
    return True


def load(path):
    """zh: 产出记录：字典，带 key、words、line 和各字段。
    en: Yields records: dictionaries with key, words, line and the fields."""
    record, field = None, None
    for number, line in enumerate(read(path).split("\n"), 1):
        head = re.match(r"\[([^\]]+)\]\s*(.*)$", line)
        entry = re.match(r"(\w+):(?: (.*))?$", line)
        if line.startswith("#"):
            continue
        if head:
            if record:
                yield record
            record, field = {"key": head[1], "words": head[2].strip(), "line": number}, None
        elif not line.strip():
            field = None
        elif record is not None and entry:
            field = entry[1]
            record[field] = entry[2] or ""
        elif record is not None and field and line.startswith(" "):
            record[field] = joined(record[field], line.strip())
        else:
            raise Fault(path, number, f"neither [key] nor field: {line}")
    if record:
        yield record


def joined(before, after):
    """zh: 接上折行：汉字之间不留空格。 en: Joins wrapped lines, without a space between Chinese."""
    cjk = re.search(f"[{CJK}]$", before) and re.match(f"[{CJK}]", after)
    return before + ("" if cjk or not before else " ") + after


def chapter_of(path):
    found = re.search(r"chapters/(ch\d_\w+)/", path)
    return found[1] if found else None


def pages(language):
    """zh: 手写的页。 en: The pages written by hand."""
    return sorted(glob.glob(path_of("chapters", "*", language + ".md"))) + sorted(
        glob.glob(path_of("docs", language, "*.md"))
    )


def twin(path):
    """zh: 同一页的另一种语言。 en: The same page in the other language."""
    other = {"zh": "en", "en": "zh"}
    if chapter_of(path):
        folder, name = os.path.split(path)
        return os.path.join(folder, other[name[:2]] + ".md")
    folder, name = os.path.split(path)
    return os.path.join(os.path.dirname(folder), other[os.path.basename(folder)], name)
