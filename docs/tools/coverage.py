# zh: 对照表：文档里的每个名字 -> 我们的符号、章、测试、习题。数据在 docs/data/coverage.txt；
#     这里检查每一格都真有其物，再写成一张表。
# en: The coverage table: each name of the document -> our symbol, chapter, test, exercise. The data are
#     in docs/data/coverage.txt; here each cell is checked to exist, and the table is written.
import functools
import glob
import html
import os
import re

import symbols
import tasks
import words
from records import CHAPTERS, ROOT, Fault, path_of, read

PATH = path_of("docs/data/coverage.txt")
COLUMNS = ("name", "chapter", "symbol", "test", "exercise", "zh", "en")


@functools.cache
def rows():
    found = []
    for number, line in enumerate(read(PATH).splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) != len(COLUMNS):
            raise Fault(PATH, number, f"{len(cells)} cells, not {len(COLUMNS)}")
        found.append(dict(zip(COLUMNS, cells), line=number))
    return found


def names():
    """zh: 文档里的名字。 en: The document's names."""
    for line in read(path_of("docs/data/names.txt")).splitlines():
        if not line.startswith("#"):
            yield from line.split()


@functools.cache
def tests():
    """zh: 测试的名字 -> 文件。 en: A test's name -> its file."""
    found = {}
    for path in glob.glob(path_of("tests", "**", "*.cpp"), recursive=True):
        for name in re.findall(r'TEST_CASE\w*\(\s*(?:\w+,\s*)?"([^"]+)"', read(path)):
            found[name] = os.path.relpath(path, ROOT)
    return found


def problem(row):
    if row["chapter"] not in CHAPTERS:
        return f"no such chapter: {row['chapter']}"
    if row["symbol"] == "-" and not (row["zh"] and row["en"]):
        return f"{row['name']}: without a symbol, tell why in both languages"
    if bool(row["zh"]) != bool(row["en"]):
        return f"{row['name']}: its note is in one language only"
    for language in ("zh", "en"):
        if row["symbol"] != "-" and not where(row["symbol"], language):
            return f"{row['name']}: no symbol {row['symbol']}"
    if row["symbol"] != "-" and not row["test"]:
        return f"{row['name']}: no test"
    if row["test"] and row["test"] not in tests():
        return f"{row['name']}: no test \"{row['test']}\""
    if row["exercise"] and tasks.find(row["exercise"]) is None:
        return f"{row['name']}: no exercise {row['exercise']}"
    return None


def where(symbol, language):
    """zh: 重载了的（systemstack）取第一个。 en: Of an overloaded one (systemstack) the first."""
    first = next((a for full, _, a, _ in symbols.everything(language) if full == symbol), None)
    return first or symbols.address(symbol, language)


def faults():
    found, listed = [], {row["name"] for row in rows()}
    for name in names():
        if name not in listed:
            found.append(str(Fault(PATH, 1, f"the document's {name} has no row")))
    for row in rows():
        told = problem(row)
        if told:
            found.append(str(Fault(PATH, row["line"], told)))
    return found


def table(language):
    """zh: 表；符号的链接由 finish 按名字补上。 en: The table; finish links the symbols by name."""
    from page import inline

    lines = []
    for row in rows():
        name = words.say(row["name"].replace(".", "_"), language) if row["name"].startswith("rule.") else None
        cells = [name or f"<b>{html.escape(row['name'])}</b>"]
        cells.append("" if row["symbol"] == "-" else f"<code>{short(row['symbol'])}</code>")
        if row[language]:
            cells[1] += ("<br>" if cells[1] else "") + inline(row[language])
        chapter = row["chapter"]
        cells.append(f'<a href="{chapter}.html">{words.say("short", language, n=chapter[2])}</a>')
        test = html.escape(row["test"])
        if row["test"]:
            test += f'<br><small>{tests().get(row["test"], "")}</small>'
        cells += [test, exercise_link(row["exercise"])]
        lines.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    heads = words.say("coverage_heads", language).split("|")
    head = "<tr>" + "".join(f"<th>{cell}</th>" for cell in heads) + "</tr>"
    return f'<div class="wide"><table class="notes coverage">{head}{"".join(lines)}</table></div>'


def exercise_link(number):
    if not number:
        return ""
    return f'<a href="{tasks.name(tasks.find(number))}.html">{number}</a>'


def short(symbol):
    return symbol.removeprefix("newproc::rt::")
