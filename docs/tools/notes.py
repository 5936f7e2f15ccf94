# zh: 勘误和“后来”：数据在 docs/data，每条恰好用在它那一章里一次。习题的清单也在这里。
# en: Errata and "since then": their data are in docs/data, each is used once, in its chapter. The
#     list of exercises is here too.
import functools
import glob
import os
import re

import words
from records import CHAPTERS, LANGUAGES, Fault, load, path_of, read

KINDS = {"errata": "erratum", "since": "since"}


@functools.cache
def table(kind):
    """zh: 键 -> 记录。 en: Key -> record."""
    path, found = path_of("docs/data", kind + ".txt"), {}
    for record in load(path):
        if record["key"] in found or record["words"] not in CHAPTERS:
            raise Fault(path, record["line"], "key used twice, or no such chapter")
        if not record.get("zh") or not record.get("en"):
            raise Fault(path, record["line"], "zh and en are both needed")
        found[record["key"]] = record
    return found


def box(kind, key, language, chapter):
    import page

    record = table(kind).get(key)
    name = KINDS[kind]
    if record is None:
        raise Fault(path_of("docs/data", kind + ".txt"), 1, f"no {name} {key}")
    if record["words"] != chapter:
        raise Fault(path_of("docs/data", kind + ".txt"), record["line"], f"{key} used in {chapter}")
    head = words.say(name, language, key=key)
    quote = record.get("quote")
    quoted = f"<p><q>{page.inline(quote)}</q></p>" if quote else ""
    return (
        f'<aside class="{name}" id="{name}_{key}"><b class="key">{head}</b>'
        f"{quoted}<p>{page.inline(record[language])}</p></aside>"
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
        quote = f"<q>{page.inline(record['quote'])}</q><br>" if record.get("quote") else ""
        rows.append(
            f'<tr id="{key}"><td>{key}</td><td>{quote}{page.inline(record[language])}</td>'
            f"<td>{place}</td></tr>"
        )
    return f'<table class="notes {name}">' + "".join(rows) + "</table>"


def exercises(chapter, language):
    rows, folders = [], glob.glob(path_of("exercises", chapter or "", "[0-9]*_*"))
    for folder in sorted(folders, key=lambda path: int(os.path.basename(path).split("_")[0])):
        title = re.sub(r"^#+\s*", "", read(os.path.join(folder, f"task.{language}.md")).split("\n", 1)[0])
        # zh: 数字不离开单位，点不在行首 en: numbers keep their units, no line begins with a dot
        title = re.sub(r"(?<=[\d约]) (?=\d|分|point|minute)|(?<=about) (?=\d)| (?=· )", "\u00a0", title)
        number = f"{chapter[2]}.{os.path.basename(folder).split('_')[0]}"
        how = words.say("exercise_how", language, number=number)
        rows.append(f'<li id="exercise_{number}"><b>{title}</b><br>{how}</li>')
    if not rows:
        return f'<p class="absent">{words.say("no_exercises", language)}</p>'
    return '<ul class="exercises">' + "".join(rows) + "</ul>"


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
