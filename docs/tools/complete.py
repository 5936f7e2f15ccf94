# zh: 生成之后看：每道题的题目和提示都一字不少地在它的页上，两种语言都是；每道题在它那一章里恰好有一个位置；
#     要人写的函数，书里没有一处不折着。
# en: A look at what was built: each task and its hints are on their page to the word, in both languages; each exercise
#     has just one place in its chapter; and no page of the book shows unfolded what an exercise asks for.
import html
import os
import re

import places
import tasks
from finish import FOLD, WRITTEN, plain, site
from records import LANGUAGES, ROOT, path_of, read


def bare(text):
    """zh: 只剩字：去掉排版的记号和空白。 en: The characters alone, without the marks of layout and blanks."""
    text = re.sub(r"^ *(?:[-*] |> ?|\d+\. |\|[-:| ]+\|$)", "", text, flags=re.M)
    return re.sub(r"[\s*`|_\u200d]", "", text)


def pieces(task):
    """zh: 段落、列表的每一条、表格的每一行、提示。 en: Paragraphs, items of lists, rows of tables, hints."""
    return re.split(r"\n\n|\n(?= *(?:[-*|]|\d+\.) ?)", task.body) + task.hints


def absent(e, language):
    page = os.path.join(site(language), tasks.name(e) + ".html")
    if not os.path.exists(page):
        yield "has no page"
        return
    there = bare(plain(re.sub(r"<(script|style)\b.*?</\1>|&zwj;", "", read(page), flags=re.S)))
    for piece in pieces(e.tasks[language]):
        if bare(piece) not in there:
            yield f"not on its page: {piece.strip()[:60]}"


def times_placed(e, language):
    """zh: 它在章里有几个位置。 en: How many places it has in its chapter."""
    page = os.path.join(site(language), e.chapter + ".html")
    return read(page).count(f'id="{tasks.anchor(e)}"') if os.path.exists(page) else 0


def sources_of(page):
    """zh: 一页上折子以外的运行时源码：（文件，代码）。 en: The runtime's sources on a page, outside folds: (file, code)."""
    for path, code in re.findall(r'<div class="from">(runtime/[^<]+)</div>(.*?)<!-- fragment -->', FOLD.sub("", page), re.S):
        code = re.sub(r'<span class="lineno">.*?</span>', "", code)
        yield path, html.unescape(re.sub(r"<[^>]+>", "", code))


def given_away(name, language):
    """zh: 这一页没有折起的答案。 en: The answers that this page does not fold."""
    there = os.path.join(site(language), name)
    for path, code in sources_of(read(there)) if os.path.exists(there) else ():
        for e in tasks.everything():
            for f in e.replaces if e.kind == "write" else ():
                if re.search(places.DEFINITION % f, code, re.M):
                    yield f"{language}/{name}: shows {f} of {path}, which exercise {e.id} asks for"


def faults():
    found = [fault for language in LANGUAGES for name in sorted(WRITTEN) for fault in given_away(name, language)]
    for e in tasks.everything():
        for language in LANGUAGES:
            file = os.path.relpath(e.path(f"task.{language}.md"), ROOT)
            found += [f"{file}: {what}" for what in absent(e, language)]
            times = times_placed(e, language)
            if times != 1:
                chapter = os.path.relpath(path_of("chapters", e.chapter, language + ".md"), ROOT)
                found.append(f"{chapter}: exercise {e.id} has {times} places, not one: \\exercise{{{e.id}}}")
    return found
