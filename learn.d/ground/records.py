# zh: 数据文件的格式：空行隔开的一条条记录，首行 [键] 附言，其余“字段: 文字”，续行缩进（只有一个点的续行
#     分段）；# 开头是注释。
#     书的骨架、给人看的话、勘误、实录都这样写。
# en: The format of the data files: records apart by blank lines, first [key] words, then
#     "field: text" with indented continuation (one with nothing but a dot ends a paragraph); # begins a
#     comment. The book's skeleton, the words for people, the errata and the transcripts are written so.
import os
import re

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CJK = "\u2e80-\u303f\u3400-\u9fff\uff00-\uffef\u2018-\u201f\u2026\u2014"


class Fault(Exception):
    """zh: 一处写错的地方：文件、行、一句话。 en: A mistake: file, line, one sentence."""

    def __init__(self, path, line, text):
        super().__init__(f"{os.path.relpath(path, ROOT)}:{line}: {text}")


def load(path):
    """zh: 产出记录：字典，带 key、words、line 和各字段。
    en: Yields records: dictionaries with key, words, line and the fields."""
    record, field = None, None
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    for number, line in enumerate(lines, 1):
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
    """zh: 接上折行：汉字之间不留空格；只有一个点的行分段。
    en: Joins wrapped lines, without a space between Chinese; a line with nothing but a dot ends a
    paragraph."""
    if after == ".":
        return before + "\n"
    cjk = re.search(f"[{CJK}]$", before) and re.match(f"[{CJK}]", after)
    return before + ("" if cjk or not before or before.endswith("\n") else " ") + after
