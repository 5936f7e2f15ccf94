# zh: 一页 Markdown 里我们自己的几个命令（docs/README.zh.md 写明用法），换成 Doxygen 认得的东西；
#     再绕开 Doxygen 1.9.4 对中文的几处误会。一行仍是一行，警告里的行号才对。
# en: Our own few commands in a Markdown page (docs/README.md tells their use), turned into what
#     Doxygen knows; and the ways around what Doxygen 1.9.4 gets wrong with Chinese. A line stays a
#     line, so that the lines in warnings are right.
import html
import os
import re

import coverage
import exhibits
import figures
import notes
import places
import tasks
import words
from records import CHAPTERS, CJK, ORDER, Fault, chapter_of, path_of, read

COMMAND = re.compile(r"^\\(\w+)(?:\{(.*)\})?\s*$")
TWIN = re.compile(r"^<!-- twin: (\w+) -->\s*$", re.M)
# zh: 重演的字条换一次源码就过时：页上不许有抄来的 en: a schedule goes stale with the next change of the source: none may be typed on a page
SCHEDULE = re.compile(r'--replay "\d|\bend=\d+,[0-9a-f]{8}')
FILE = re.compile(r"`((?:runtime|chapters|tests|exercises|docs|learn\.d)/[\w./-]+)`")
GO = "https://github.com/golang/go/blob/go1.13/src/"


def block(text):
    return "@htmlonly[block]" + text.replace("\n", "&#10;") + "@endhtmlonly"


def inline(text):
    """zh: 数据文件里的话：只有 `代码`、**粗体**。 en: Words of data files: `code` and **bold** only."""
    text = html.escape(text, quote=False)
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", text)
    return re.sub(r"\*\*([^*]+)\*\*", r"<b>\1</b>", text)


def code(text):
    return f"<pre>{html.escape(text.strip())}</pre>"


class Page:
    def __init__(self, path, language, text):
        self.path, self.language, self.number = path, language, 0
        self.chapter, self.open, self.task = chapter_of(path), [], tasks.of(path)
        self.places = places.Places(text, self.chapter, language)

    def fault(self, text):
        raise Fault(self.path, self.number, text)

    # --- zh: 左说右码 en: words beside code

    def walk(self):
        self.open.append("walk")
        return block('<div class="walk"><div class="say">')

    def show(self, where):
        if self.open[-1:] != ["walk"]:
            self.fault("\\show outside \\walk")
        self.open[-1] = "shown"
        return block('</div><div class="show">') + "\n" + self.source(where) + "\n"

    def endwalk(self):
        if self.open[-1:] != ["shown"]:
            self.fault("\\endwalk needs a \\walk and a \\show before it")
        self.open.pop()
        return block("</div></div>")

    def source(self, where):
        """zh: 锚点之间的真源码；不写锚点就是整个文件。有习题要人写它的，折起来。
        en: The real source between anchors; without an anchor the whole file. Folded if an exercise asks for it."""
        path, _, tag = (part.strip() for part in where.partition(","))
        if not os.path.exists(path_of(path)):
            self.fault(f"no such file: {path}")
        if tag and read(path_of(path)).count(f"// [{tag}]\n") != 2:
            self.fault(f"{path} has no pair of anchors // [{tag}]")
        title = block(f'<div class="from">{path}</div>')
        code = title + "\n" + (f"@snippet{{lineno}} {path} {tag}" if tag else f"@include{{lineno}} {path}")
        asked = places.answered(path, tag)
        return block(self.places.fold(asked, tag)) + f"\n{code}\n" + block("</details>") if asked else code

    # --- zh: 构建时做出来的 en: made while building

    def transcript(self, name):
        made = path_of("build/docs/made/transcripts", self.language, self.chapter or "docs", name)
        if os.path.exists(made + ".html"):
            return block(read(made + ".html"))
        return block(f'<p class="absent">{words.say("absent", self.language)}</p>')

    def figure(self, name):
        source = path_of("chapters", self.chapter or "../docs/figures", name + ".dot")
        if not os.path.exists(source):
            self.fault(f"no figure {os.path.relpath(source, path_of())}")
        dot, caption = figures.prepare(source, self.language)
        return f'@dot "{caption}"\n{dot}\n@enddot'

    # --- zh: 框 en: boxes

    def erratum(self, key):
        return block(notes.box("errata", key, self.language, self.chapter))

    def since(self, key):
        return block(notes.box("since", key, self.language, self.chapter))

    def aside(self, title):
        self.open.append("aside")
        return block(f"<details><summary>{inline(title)}</summary><div>")

    def endaside(self):
        if self.open[-1:] != ["aside"]:
            self.fault("\\endaside without \\aside")
        self.open.pop()
        return block("</div></details>")

    def says(self, _=None):
        """zh: 文档的原话。 en: The document's own words."""
        return block(f'<div class="says">{words.say("document_says", self.language)}</div>')

    def go(self, where):
        """zh: 去看 Go 的源码。 en: To Go's source."""
        path, _, names = (part.strip() for part in where.partition(","))
        path = path if "/" in path else "runtime/" + path
        return block(
            f'<p class="go"><a href="{GO}{path}">Go 1.13: {path}</a> {inline(names)}</p>'
        )

    # --- zh: 习题 en: exercises

    def exercises(self):
        return block(places.listed(self.chapter, self.language))

    def exercise(self, number):
        said = places.box(number, self.language, self.chapter)
        return block(said) if said else self.fault(f"this chapter has no exercise {number}")

    def facts(self):
        """zh: 只在习题自己的页上。 en: On an exercise's own page only."""
        return block(tasks.facts(self.task, self.language))

    def table(self, kind):
        """zh: 整张表：习题、勘误、后来、对照、博物馆、内存序。
        en: A whole table: exercises, errata, since then, coverage, the museum, memory orders."""
        if kind == "exercises":
            return block(places.table(self.language))
        if kind == "coverage":
            return block(coverage.table(self.language))
        if kind in exhibits.TABLES:
            return block(exhibits.table(kind, self.language))
        return block(notes.whole(kind, self.language))

    def contents(self):
        """zh: 全书的页，按读的次序。 en: The book's pages, in the order of reading."""
        return "\n".join(f"- \\subpage {name}" for name in ORDER[1:])

    # --- zh: 页首页尾 en: head and foot

    def navigation(self):
        if self.task:
            return block(f'<nav class="turn">{tasks.turn(self.task, self.language)}</nav>')
        name = self.chapter or os.path.splitext(os.path.basename(self.path))[0]
        if name not in ORDER:
            return ""
        at, links = ORDER.index(name), []
        for kind, step in (("previous", -1), ("next", 1)):
            if 0 <= at + step < len(ORDER):
                there = ORDER[at + step]
                title = words.say("title_" + there, self.language)
                links.append(f'<a class="{kind}" href="{there}.html">{title}</a>')
            else:
                links.append("<span></span>")
        return block('<nav class="turn">' + "".join(links) + "</nav>")


ARGUMENTS = {"walk": 0, "endwalk": 0, "endaside": 0, "says": 0, "exercises": 0, "contents": 0, "facts": 0}
KNOWN = "walk show endwalk source transcript figure erratum since aside endaside says go"
KNOWN += " exercises exercise facts table contents"


def chinese(line):
    """zh: 粗体、斜体挨着汉字时 Doxygen 认不出；\\ref 会把句号吃进名字里。
    en: Doxygen does not see bold and italics beside Chinese; \\ref takes a full stop for part of
    the name."""
    parts = re.split(r"(`+[^`]*`+)", line)
    for i in range(0, len(parts), 2):
        part = re.sub(r"\*\*([^*\s](?:[^*]*[^*\s])?)\*\*", r"<b>\1</b>", parts[i])
        part = re.sub(r"(?<![*\w])\*([^*\s](?:[^*]*[^*\s])?)\*(?![*\w])", r"<em>\1</em>", part)
        # zh: 句号自带空隙 en: a Chinese full stop has its own space
        part = re.sub(rf"([{CJK}])</b> (?=[{CJK}])", r"\1</b>", part)
        parts[i] = re.sub(rf"[@\\]ref ([\w:]+(?:\(\))?)(?=[{CJK}])", r"[\1](@ref \1)", part)
    return "".join(parts)


PROSE = re.compile(r"\s*([-*+]|\d+\.)?\s*(?![#>|\\@<~]|```)\S")


def joined_lines(lines, language):
    """zh: 汉字之间的换行会变成空格：把段落接成一行，空出的行排在段后。
    en: A line end between Chinese becomes a space: joins a paragraph into one line; the lines left
    over follow it."""
    out, vacant, fence = [], 0, False
    for line in lines:
        fence ^= re.match(r"\s*(```|~~~)", line) is not None
        before = out[-1] if out else ""
        plain = PROSE.match(line) and not re.match(r"\s*([-*+]|\d+\.)\s", line) and not fence
        if (
            language == "zh"
            and plain
            and PROSE.match(before)
            and re.search(f"[{CJK}]$", before)
            and re.match(rf"\s*(?:\*\*)?[{CJK}]", line)
        ):
            out[-1] += line.strip()
            vacant += 1
            continue
        if not line.strip() or fence:
            out.extend([""] * vacant)
            vacant = 0
        out.append(line)
    return out + [""] * vacant


def expand(text, path, language):
    task = tasks.of(path)
    text = tasks.page(task, language) if task else text
    page, out, fence = Page(path, language, text), [], False
    lines = joined_lines(text.rstrip("\n").split("\n"), language)
    turn = page.navigation()
    for page.number, line in enumerate(lines, 1):
        command = COMMAND.match(line)
        if SCHEDULE.search(line):
            page.fault("a schedule typed by hand goes stale: let a transcript show it")
        if re.match(r"\s*(```|~~~)", line):
            fence = not fence
        elif fence:
            pass
        elif TWIN.match(line):
            line = ""
        elif command and command[1] in KNOWN.split():
            given = [command[2].strip()] if command[2] is not None else []
            if len(given) != ARGUMENTS.get(command[1], 1):
                page.fault(f"\\{command[1]}: wrong number of arguments")
            line = getattr(page, command[1])(*given)
        else:
            for named in FILE.findall(line):
                if not os.path.exists(path_of(named)):
                    page.fault(f"no such file: {named}")
            line = chinese(line)
        if page.number == 2 and not line:
            line = turn
        out.append(line)
    if page.open:
        page.fault(f"\\{page.open[-1]} is not closed")
    return "\n".join(out) + "\n\n" + turn + ("\n" if task else "\n\n@tableofcontents\n")


def headings(text):
    """zh: （层次，id）的次序，两种语言必须相同。 en: (level, id) in order; equal in both languages."""
    lines, fence = [], False
    for line in text.split("\n"):
        fence ^= line.startswith("```")
        found = re.match(r"(#+) .*?(?:\{#(\w+)\})?\s*$", line)
        if found and not fence:
            lines.append((len(found[1]), found[2]))
    return lines


def commands(text):
    """zh: 命令的次序和参数，两种语言必须相同。 en: Commands in order; equal in both languages."""
    found = [COMMAND.match(line) for line in text.split("\n")]
    return [
        (m[1], None if m[1] in ("aside",) else m[2]) for m in found if m and m[1] in KNOWN.split()
    ]


assert set(CHAPTERS) <= set(ORDER)
