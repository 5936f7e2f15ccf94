# zh: 博物馆和内存序两张表，从检查器自己的数据而来：mutants/ 里的补丁，源码里的每处内存序，orders.txt
#     里的原因。页上说“被杀死”的，./learn check 和 ./learn check matrix 会逐条去跑，不相符就失败。
# en: The tables of the museum and of the memory orders, made from the checker's own data: the patches in
#     mutants/, each memory order in the source, the reasons in orders.txt. What is called killed
#     there, ./learn check and ./learn check matrix run one by one; if it is not so they fail.
import functools
import itertools
import re
import sys

import source
import words
from records import CHAPTERS, Fault, path_of

sys.path.append(path_of("tests", "checker", "museum"))
import matrix  # noqa: E402
import museum  # noqa: E402
import mutate  # noqa: E402
import searches  # noqa: E402


@functools.cache
def mutants():
    return [museum.Mutant(name) for name in museum.names()]


def of(pair, language):
    return pair[0 if language == "zh" else 1]


def place(path, language):
    """zh: 源文件属于哪一章。 en: The chapter that a source file belongs to."""
    chapter = path.split("/")[0]
    if chapter not in CHAPTERS:
        return words.say("platform", language)
    return f'<a href="{chapter}.html">{words.say("short", language, n=chapter[2])}</a>'


def museum_exhibits(language):
    from page import code, inline

    counts = searches.noted()
    for mutant in sorted(mutants(), key=lambda m: (changed(m), m.name)):
        end = words.say("killed", language, by=of(museum.PROPERTIES[mutant.property], language))
        if mutant.name in counts:
            end += " " + words.say("searched", language, **dict(zip(searches.KINDS, counts[mutant.name])))
        if mutant.survives:
            why = inline(of(mutant.survives.split(" / "), language))
            end = words.say("alive", language, why=why.rstrip("。.") + ("。" if language == "zh" else "."))
        story = inline(mutant.zh if language == "zh" else mutant.en)
        change = code(source.difference(mutant.changed(), language))
        patch = f"<details><summary>{words.say('change', language)}</summary>{change}</details>"
        yield mutant.name, place(changed(mutant), language), [story, end, patch]


def address(name):
    return f"museum.html#{name}" if name in museum.names() else None


def changed(mutant):
    return re.search(r"^--- a/(?:runtime|chapters)/(\S+)", mutant.patch, re.M)[1]


def order_exhibits(language):
    """zh: 一个操作一条，几种减弱都在里面。 en: One for each operation, with all its weakenings."""
    from page import inline

    known = matrix.reasons()
    for key, rows in itertools.groupby(matrix.rows(), key=lambda row: row.key):
        path, function, operation, order = key.split(" ")[:4]
        outcomes = {}
        for row in rows:
            weaker = words.say("removed", language) if row.weaker == "removed" else row.weaker
            outcomes.setdefault(known.get(row.name), []).append(weaker)
        ends = []
        for reason, weaker in outcomes.items():
            says = inline(of(reason, language)) if reason else words.say("needed", language)
            ends.append(words.say("weakened", language, to=", ".join(weaker), says=says))
        there = f'<span class="where">· {place(path, language)} {path.split("/")[-1]}</span>'
        where = f"<code>{operation}</code> {order}&nbsp;{there}"
        yield function, where, ends


def faults():
    """zh: orders.txt 里的原因，所说的操作都还在吗？ en: Are the operations that orders.txt explains still there?"""
    there = {row.name for row in matrix.rows()}
    return [f"tests/checker/museum/orders.txt: no such operation: {name}" for name in matrix.reasons() if name not in there]


def searches_compared(_, language):
    """zh: 四种搜索各抓住几个。 en: How many each of the four searches catches."""
    known = searches.noted()
    rows = "".join(
        f"<tr><td>{words.say('search_' + kind, language)}</td><td>{caught}</td><td>{median}</td></tr>"
        for kind, caught, median, _ in searches.summary(known)
    )
    head = words.say("searches_head", language, n=len(known), most=f"{searches.MOST:,}")
    heads = "".join(f"<th>{title}</th>" for title in head.split("|"))
    return f'<table class="doxtable"><tr>{heads}</tr>{rows}</table>'


EXHIBITS = {"museum": museum_exhibits, "orders": order_exhibits}


def exhibited(kind, language):
    shown = []
    for name, where, lines in EXHIBITS[kind](language):
        anchor = f' id="{name}"' if kind == "museum" else ""
        body = "".join(f"<div>{line}</div>" for line in lines)
        shown.append(f'<div class="exhibit"{anchor}><p><code>{name}</code> {where}</p>{body}</div>')
    return "".join(shown)


TABLES = {"museum": exhibited, "orders": exhibited, "searches": searches_compared}


def table(kind, language):
    try:
        return TABLES[kind](kind, language)
    except mutate.Wrong as wrong:
        raise Fault(museum.FOLDER, 1, str(wrong)) from None
