# zh: 排版：按显示宽度对齐的表格、折行、一行进度。汉字占两列，所以不能数字符。
# en: Layout: tables aligned by display width, wrapping, one line of progress. A Chinese character
#     takes two columns, so counting characters won't do.
import os
import re
import shutil
import sys
import time
import unicodedata


def width(text):
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) != 0 for c in text)


def pad(text, columns, right=False):
    space = " " * max(0, columns - width(text))
    return space + text if right else text + space


def clip(text, columns):
    while width(text) > columns:
        text = text[:-1]
    return text


def table(rows, indent="  ", left=(0,)):
    """zh: left 里的列左对齐，其余右对齐；屏幕放不下，就一行一段。
    en: The columns in left to the left, the others to the right; where the screen is too narrow, a
    paragraph for each row."""
    columns = [max(width(row[i]) for row in rows) for i in range(len(rows[0]))]
    if len(indent) + sum(columns) + 2 * (len(columns) - 1) > max(40, terminal_width()):
        return "\n".join(paragraph(rows[0], row, indent) for row in rows[1:])
    lines = []
    for row in rows:
        cells = [pad(cell, columns[i], right=i not in left) for i, cell in enumerate(row)]
        lines.append((indent + "  ".join(cells)).rstrip())
    return "\n".join(lines)


def paragraph(heads, cells, indent):
    named = [f"{head} {cell}".strip() for head, cell in zip(heads[1:], cells[1:]) if cell]
    return wrap(cells[0], indent + "  ", indent) + "\n" + wrap(" · ".join(named), indent + "    ")


def terminal_width():
    """zh: 终端的宽度；不是终端就没有边。 en: The terminal's width; without one there is no edge."""
    return shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() else 10**6


def screen_width():
    return min(100, shutil.get_terminal_size((100, 24)).columns)


class Edge:
    """zh: 写到终端上的每一行都不越过它的边，越过就折行。
    en: No line that is written to a terminal goes over its edge; those that would are wrapped."""

    def __init__(self, stream):
        self.stream, self.held = stream, ""

    def write(self, text):
        *whole, self.held = (self.held + text).split("\n")
        for line in whole:
            self.stream.write(self.within(line) + "\n")
        if self.held.startswith("\r"):  # zh: 进度，自己管宽度 en: progress minds its own width
            self.stream.write(self.held)
            self.held = ""

    def within(self, line):
        if width(line) <= shutil.get_terminal_size((80, 24)).columns:
            return line
        indent = line[: len(line) - len(line.lstrip())]
        return wrap(line.lstrip(), indent, indent)

    def flush(self):
        self.stream.write(self.within(self.held))
        self.held = ""
        self.stream.flush()

    def __getattr__(self, name):
        return getattr(self.stream, name)


def mind_the_edge():
    for name in ("stdout", "stderr"):
        if getattr(sys, name).isatty():
            setattr(sys, name, Edge(getattr(sys, name)))


def rewritable(stream):
    """zh: 能不能原地改写一行。 en: Whether a line can be rewritten in place."""
    return stream.isatty() and os.environ.get("TERM", "") not in ("", "dumb")


CLOSING = "，。：；、）」”"
MEASURE = "[0-9][0-9.,]* (?:ms|us|s|毫秒|微秒|秒)(?![A-Za-z])"  # zh: 数字不离开单位 en: a number keeps its unit


def wrap(text, indent="  ", first=None):
    """zh: 折行：西文在空格处，汉字之间处处可以，句读不放在行首。
    en: Wraps: at spaces, and anywhere between Chinese characters, but never before their
    punctuation."""
    pieces = re.findall(rf" |{MEASURE}|[^ \u2e80-\uffef]+|[\u2e80-\uffef][{CLOSING}]*", text)
    # zh: 跟在西文后面的句读也归前一片。 en: Punctuation after Latin words joins the piece before.
    joined = []
    for piece in pieces:
        if joined and piece[0] in CLOSING and joined[-1] != " ":
            joined[-1] += piece
        else:
            joined.append(piece)
    lines, line = [], first if first is not None else indent
    for piece in joined:
        if width(line + piece) > screen_width() and line.strip():
            lines.append(line.rstrip())
            line = indent + piece.lstrip()
        else:
            line += piece
    return "\n".join(lines + [line.rstrip()])


ITEM = re.compile(" *(?:- |[0-9]+[.] )")
OPENING = "（「“"


def joined(lines):
    """zh: 源文里折了的行接起来；两边都是汉字，或有一边是中文的句读，中间就不添空格。
    en: Joins what the source has wrapped: without a space between Chinese characters, and beside their
    punctuation."""
    out = ""
    for line in (line.strip() for line in lines):
        close = not out or out[-1] in CLOSING + OPENING or line[0] in CLOSING + OPENING
        out += line if close or width(out[-1]) + width(line[0]) == 4 else " " + line
    return out


def markdown(text):
    """zh: 题目的排版：按屏幕重新折行；表格一行一条，缩进四格的照抄。
    en: Lays a task out: wrapped anew for the screen, a table row by row; what is indented by four is
    left as it is."""
    out, held, before = [], [], ""

    def flush():
        if held:
            out.append(wrap(joined(held), " " * len(before), before[: len(before) - len(before.lstrip())]))
            held.clear()

    lines = text.split("\n")
    for line, after in zip(lines, lines[1:] + [""]):
        item = ITEM.match(line)
        if line.startswith("|"):
            flush()
            if not line.startswith("|--") and not after.startswith("|--"):
                name, meaning = (cell.strip() for cell in line.strip("|").split(" | ", 1))
                out.append(wrap(f"{name}: {meaning}", "      ", "  "))
        elif item or not line.strip():
            flush()
            before = item[0] if item else ""
            held.extend([line] if item else [])
            out.extend([] if item else [""])
        elif line.startswith("    ") and not held:
            out.append(line)
        else:
            held.append(line)
    flush()
    return "\n".join(out)


class Progress:
    """zh: 终端上原地改写一行；否则每四分之一、至多每十五秒说一次。
    en: On a terminal one line that is rewritten; else a line at each quarter and every fifteen
    seconds."""

    def __init__(self, title):
        self.title, self.live = title, rewritable(sys.stderr)
        self.told, self.quarter, self.shown = time.monotonic(), 0, False

    def step(self, done, total, what=""):
        now = time.monotonic()
        if self.live:
            line = clip(f"  {self.title}  [{done}/{total}] {what}", screen_width() - 1)
            sys.stderr.write("\r\033[K" + line)
            self.shown = True
        else:
            quarter = 4 * done // max(1, total)
            if quarter == self.quarter and now - self.told < 15:
                return
            self.quarter, self.told = quarter, now
            sys.stderr.write(f"  {self.title}  [{done}/{total}]\n")
        sys.stderr.flush()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.shown:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()
