# zh: 勘误和“后来”：数据在 docs/data，每条恰好用在它那一章里一次，写着它同 Go 的哪一版核对过。
# en: Errata and "since then": their data are in docs/data, each is used once, in its chapter, and says
#     which version of Go it was compared with.
import functools
import re

import words
from records import CHAPTERS, CJK, LANGUAGES, Fault, load, path_of, read

KINDS = {"errata": "erratum", "since": "since"}
FIELDS = {"zh", "en", "quote", "quote_en", "about_zh", "about_en", "source"}
SOURCE = re.compile(r"(go1\.\d+(?:\.\d+)?) ([\w/.-]+\.(?:go|s))((?: \w+)*)$|commit ([0-9a-f]{10})$")
GO = "https://github.com/golang/go/"


@functools.cache
def table(kind):
    """zh: 键 -> 记录。 en: Key -> record."""
    path, found = path_of("docs/data", kind + ".txt"), {}
    for record in load(path):
        if record["key"] in found or record["words"] not in CHAPTERS:
            raise Fault(path, record["line"], "key used twice, or no such chapter")
        for fault in problems(record):
            raise Fault(path, record["line"], f"{record['key']}: {fault}")
        found[record["key"]] = record
    return found


def problems(record):
    unknown = set(record) - FIELDS - {"key", "words", "line"}
    if unknown:
        yield f"unknown: {sorted(unknown)}"
    if not record.get("zh") or not record.get("en"):
        yield "zh and en are both needed"
    if bool(record.get("about_zh")) != bool(record.get("about_en")):
        yield "about_zh and about_en are both needed"
    if re.search(f"[{CJK}]", record.get("quote", "")) and not record.get("quote_en"):
        yield "quote_en is needed: not all readers read Chinese"
    for part in parts(record):
        if not SOURCE.match(part):
            yield f"no such source: {part}"


def parts(record):
    return [part.strip() for part in record.get("source", "").split(";") if part.strip()]


def quoted(record, language):
    """zh: 文档的话；没有原话，就是它在哪里。英文页先给译文。
    en: The document's words, or else where they are. English pages give the translation first."""
    import page

    if record.get("about_" + language):
        return f"<i>{page.inline(record['about_' + language])}</i>"
    quote = page.inline(record.get("quote", ""))
    if not quote:
        return ""
    if language == "zh" or not record.get("quote_en"):
        return f"<q>{quote}</q>"
    return f'<q>{page.inline(record["quote_en"])}</q> <q class="original" lang="zh">{quote}</q>'


def sources(record, language):
    """zh: 同什么核对过：Go 的版本、文件、函数。 en: What it was compared with: Go's tag, file, functions."""
    found = []
    for part in parts(record):
        tag, path, names, commit = SOURCE.match(part).groups()
        if commit:
            found.append(f'<a href="{GO}commit/{commit}">commit {commit}</a>')
            continue
        name = f' <span class="names">{names.strip()}</span>' if names else ""
        found.append(f'<a href="{GO}blob/{tag}/src/{path}">{tag} {path}</a>{name}')
    if not found:
        return ""
    return f'<p class="sources">{words.say("compared", language)} {" · ".join(found)}</p>'


def box(kind, key, language, chapter):
    import page

    record = table(kind).get(key)
    name = KINDS[kind]
    if record is None:
        raise Fault(path_of("docs/data", kind + ".txt"), 1, f"no {name} {key}")
    if record["words"] != chapter:
        raise Fault(path_of("docs/data", kind + ".txt"), record["line"], f"{key} used in {chapter}")
    head = words.say(name, language, key=key)
    quote = quoted(record, language)
    quote = f'<p class="quote">{quote}</p>' if quote else ""
    return (
        f'<aside class="{name}" id="{name}_{key}"><b class="key">{head}</b>'
        f"{quote}<p>{page.inline(record[language])}</p>{sources(record, language)}</aside>"
    )


def whole(kind, language):
    """zh: 全部，按编号，每条指回它所在的章。 en: All by number, each leading to its chapter."""
    import page

    rows, name = [], KINDS[kind]
    for key, record in table(kind).items():
        chapter = record["words"]
        used = f"\\{name}{{{key}}}\n" in read(path_of("chapters", chapter, language + ".md"))
        anchor = f"#{name}_{key}" if used else ""
        place = f'<a href="{chapter}.html{anchor}">{words.say("short", language, n=chapter[2])}</a>'
        quote = quoted(record, language)
        says = (quote + "<br>" if quote else "") + page.inline(record[language])
        says += sources(record, language)
        rows.append(f'<tr id="{key}"><td>{key}</td><td>{says}</td><td>{place}</td></tr>')
    return f'<table class="notes {name}">' + "".join(rows) + "</table>"


def written(chapter):
    """zh: 这一章写出来了吗（不只是骨架）。 en: Is this chapter written (more than a frame)?"""
    return len(read(path_of("chapters", chapter, "zh.md"))) > 2000


def uses():
    """zh: 每条恰好用一次。返回（错，提醒）：没写的章只提醒。
    en: Each is used exactly once. Returns (faults, advice): an unwritten chapter earns advice."""
    found, advice = [], []
    for kind, name in KINDS.items():
        for key, record in table(kind).items():
            chapter = record["words"]
            for language in LANGUAGES:
                text = read(path_of("chapters", chapter, language + ".md"))
                times = len(re.findall(rf"^\\{name}\{{{re.escape(key)}\}}", text, re.M))
                if times == 1:
                    continue
                told = f"chapters/{chapter}/{language}.md: \\{name}{{{key}}} used {times} times"
                (found if times or written(chapter) else advice).append(told)
    return found, advice
