# zh: 习题在章里：可以做它的那一处，章末的清单，全部的总表。题目要人写的函数，在讲它的地方先折起来：答案不该
#     印在题目之前。
# en: The exercises in the chapters: the spot where one can be done, the list at a chapter's end, the table of all. A
#     function that a task asks for is folded where it is explained: an answer should not be printed before the question.
import functools
import html
import re

import words
from records import CHAPTERS, path_of, read
from tasks import anchor, everything, find, link, measure

# zh: 源文件里的定义 en: a definition in a source
DEFINITION = r"^(?!\s*//)[\w:<>*&\[\] ]*\b%s\([^;{}]*?\)[^;{}]*\{"
BOX = re.compile(r"^\\exercise\{([\d.]+)\}\s*$", re.M)


def box(number, language, chapter):
    """zh: 章里的一处：可以做这道题了。不是这一章的题就是空。
    en: The spot in a chapter where the exercise can be done. None if it is another chapter's."""
    e = find(number)
    if e is None or e.chapter != chapter:
        return None
    said = words.say("task_here", language, exercise=link(e, language))
    return f'<p class="try" id="{anchor(e)}">{said} <span>{measure(e, language)}</span></p>'


@functools.cache
def answered(path, tag):
    """zh: 这段源码是哪几道“写”的答案：（习题，其中的名字）。
    en: Which exercises of kind write this passage answers: (exercise, the names in it)."""
    if not path.startswith("runtime/"):
        return []
    text, found = read(path_of(path)), []
    text = text.split(f"// [{tag}]\n")[1] if tag else text
    for e in everything():
        names = [f for f in e.replaces if re.search(DEFINITION % f, text, re.M)]
        if f"{path}, {tag}" in e.folds:
            names.append(tag)
        if e.kind == "write" and names:
            found.append((e, names))
    return found


class Places:
    """zh: 一页里的位置：有 \\exercise 的在那里，否则在它的第一个折子上。
    en: The places on a page: where \\exercise stands, else at its first fold."""

    def __init__(self, text, chapter, language):
        self.chapter, self.language = chapter, language
        self.taken, self.folds = set(BOX.findall(text)), set()

    def fold(self, found, tag):
        """zh: 一个折子的开头；同一页里的第二个同名折子没有 id。
        en: The beginning of a fold; a second one of its name on the page has no id."""
        tried = words.say("comma", self.language).join(self.try_first(e) for e, _ in found)
        names = " ".join(f"<span><code>{html.escape(name)}</code></span>" for _, names in found for name in names)
        said = words.say("task_first", self.language, exercise=tried, names=names)
        label = "" if tag in self.folds else f' id="answer_{tag}"'
        self.folds.add(tag)
        return f'<details class="answer"{label}><summary>{said}</summary>'

    def try_first(self, e):
        if e.chapter != self.chapter or e.id in self.taken:
            return link(e, self.language)
        self.taken.add(e.id)
        return f'<span id="{anchor(e)}">{link(e, self.language)}</span>'


def listed(chapter, language):
    """zh: 一章的习题，在章末。 en: A chapter's exercises, at its end."""
    rows = []
    for e in everything():
        if e.chapter == chapter:
            how = words.say("exercise_how", language, number=e.id)
            rows.append(f'<li id="exercise_{e.id}"><b>{link(e, language)}</b><span>{measure(e, language)}</span>{how}</li>')
    if not rows:
        return f'<p class="absent">{words.say("no_exercises", language)}</p>'
    return '<ul class="exercises">' + "".join(rows) + "</ul>"


def table(language):
    """zh: 全部习题，一章一段。 en: All exercises, chapter by chapter."""
    rows = []
    for chapter in CHAPTERS:
        title = words.say("title_" + chapter, language)
        rows.append(f'<tr><th colspan="2"><a href="{chapter}.html">{title}</a></th></tr>')
        for e in everything():
            if e.chapter == chapter:
                rows.append(f"<tr><td>{link(e, language)}</td><td>{measure(e, language)}</td></tr>")
    return f'<table class="notes tasks">{"".join(rows)}</table>'
