# zh: 习题的页：每道题一页，有题目、约定、起点和折起的提示，都取自 exercises/。在章里的位置见 places.py。
# en: The exercises' pages: one for each, with its task, contract, starter and folded hints, all taken from exercises/.
#     Their places in the chapters: places.py.
import functools
import glob
import html
import os
import re

import source
import words
from records import ROOT, path_of, read

from exercises import catalogue

TASK = re.compile(r"/exercises/(ch\d+_\w+)/(\d+_\w+)/task\.(?:zh|en)\.md$")
# zh: 头文件里的声明，连同它的约定 en: a declaration of a header, with its contract
CONTRACT = r"(?:^ *///.*\n)+^(?! *//)[ \w:<>*&\[\](),]*?\b%s\([^;{}]*?\)[^;{}]*;"


@functools.cache
def everything():
    return catalogue.everything()


@functools.cache
def find(number):
    return next((e for e in everything() if e.id == number), None)


def name(e):
    """zh: 它的页。 en: Its page."""
    return f"exercise_{e.order[0]}_{e.order[1]}"


def anchor(e):
    """zh: 它在章里的位置。 en: Its place in its chapter."""
    return f"try_{e.id}"


def paths(language):
    return [e.path(f"task.{language}.md") for e in everything()]


def sources():
    """zh: 各页要显示的源码。 en: The sources that the pages show."""
    return [e.path(file) for e in everything() for file in ("given.hpp", *begins_with(e)) if e.has(file)]


def begins_with(e):
    return ("program.cpp",) if e.kind == "predict" else ("exercise.cpp",)


def of(path):
    """zh: 这个文件是哪道题的题目；不是题目就是空。 en: Whose task this file is; None if it is none."""
    found = TASK.search(path)
    return next(e for e in everything() if (e.chapter, e.slug) == (found[1], found[2])) if found else None


def link(e, language):
    return f'<a href="{name(e)}.html">{e.id} {html.escape(e.tasks[language].title)}</a>'


def measure(e, language):
    """zh: 难度、分数、时间、做什么；数字不离开单位。 en: Stars, points, time, kind; a number keeps its unit."""
    values = {"stars": "★" * e.stars, "points": e.points, "minutes": e.minutes}
    return words.say("task_measure", language, kind=words.say("task_" + e.kind, language), **values).replace("_", "\u00a0")


# --- zh: 一道题的页 en: the page of an exercise


def page(e, language):
    """zh: 题目 -> 一页，写法与别的页相同。 en: The task as a page, written as other pages are."""
    task = e.tasks[language]
    lines = [f"# {e.id} {task.title} {{#{name(e)}}}", "", "\\facts", "", task.body, ""]
    if e.replaces:
        lines += [f"## {words.say('task_contract', language)} {{#{name(e)}_contract}}", "", *contracts(e, language), ""]
    begin = "task_program" if e.kind == "predict" else "task_starter"
    lines += [f"## {words.say(begin, language)} {{#{name(e)}_starter}}", ""]
    for file in ("given.hpp", *begins_with(e)):
        if e.has(file):
            lines += [f"\\source{{{os.path.relpath(e.path(file), ROOT)}}}", ""]
    lines += [f"## {words.say('task_hints', language)} {{#{name(e)}_hints}}", ""]
    for n, hint in enumerate(task.hints, 1):
        lines += [f"\\aside{{{words.say('task_hint', language, n=n)}}}", "", hint, "", "\\endaside", ""]
    return "\n".join(lines)


def contracts(e, language):
    """zh: 要写的函数，照头文件里的声明和约定。 en: The functions to be written, as the headers declare and promise them."""
    for header, declared in headers():
        found = [m[0] for f in e.replaces for m in re.finditer(CONTRACT % f, declared, re.M)]
        if found:
            told = re.sub(r"`(\w+)`(?='s)", r"\1", source.translate("\n\n".join(found), language)).split("\n")
            yield from [f"`{header}`", "", "```cpp", *(line for line in told if line != source.VACANT), "```", ""]


@functools.cache
def headers():
    found = sorted(glob.glob(path_of("runtime", "ch*", "*.hpp")))
    return [(os.path.relpath(path, ROOT), read(path)) for path in found]


def facts(e, language):
    chapter = words.say("task_place", language, n=e.order[0])
    place = f'<a class="place" href="{e.chapter}.html#{anchor(e)}">{chapter}</a>'
    every = f'<a href="exercises.html">{words.say("task_all", language)}</a>'
    return (
        f'<p class="facts">{measure(e, language)}<br>{place} · {every}</p>'
        f'<p class="facts"><code class="command">./learn ex {e.id}</code> {words.say("task_begin", language, file=answer(e))}</p>'
    )


def answer(e):
    return f"<code>{os.path.relpath(e.file, ROOT)}</code>"


def turn(e, language):
    """zh: 上一道、下一道。 en: The exercise before, the one after."""
    at, links = everything().index(e), []
    for kind, step in (("previous", -1), ("next", 1)):
        there = everything()[at + step] if 0 <= at + step < len(everything()) else None
        title = there and html.escape(f"{there.id} {there.tasks[language].title}")
        links.append(f'<a class="{kind}" href="{name(there)}.html">{title}</a>' if there else "<span></span>")
    return "".join(links)
