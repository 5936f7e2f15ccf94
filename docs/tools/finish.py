# zh: Doxygen 之后的修整：图嵌进页里（颜色随明暗，节点可点）；反引号里的名字成为链接；汉字之间没有空格；
#     写出全文搜索的数据。
# en: What is mended after Doxygen: figures are set into the page (colours follow light and dark, nodes
#     can be clicked); names in backticks become links; no spaces between Chinese; and the data of the
#     full-text search is written.
import glob
import html
import json
import os
import re

import exhibits
import symbols
import tasks
from records import CJK, ORDER, path_of, read, write

FRAME = re.compile(r'<iframe[^>]*\bsrc="(dot_[^"]+\.svg)"[^>]*>.*?</iframe>', re.S)
FOREIGN = re.compile(r'<a class="code[^"]*" href="[^"]*">(order::\w+|order)</a>')
WRITTEN = {name + ".html" for name in ORDER} | {"book.html"} | {tasks.name(e) + ".html" for e in tasks.everything()}
# zh: 题目问的源码，折着的；提示，搜索里不给看
# en: source that a task asks for, folded; and hints, which a search does not give away
FOLD = re.compile(r'<details class="answer"(?: id="(\w+)")?><summary>(.*?)</summary>(.*?)</details>', re.S)
HINTS = re.compile(r'<h2>\s*<a class="anchor" id="exercise_\d+_\d+_hints"></a>.*', re.S)
# zh: 不进搜索的页：清单和目录。 en: Pages not searched: lists and directories.
UNSEARCHED = re.compile(
    r"-members|^(dir_|annotated|classes|functions|files|pages|namespaces|namespacemembers|globals"
    r"|graph_|hierarchy|inherits|.*_8(md|dox)|.*anonymous__namespace)"
)


def site(language):
    return path_of("build/docs/site", language)


def figure(folder, name, number):
    """zh: 一幅 SVG，内嵌；id 加上编号，一页里的几幅不相撞。
    en: An SVG to be set in; its ids get a number, lest two on a page collide."""
    text = read(os.path.join(folder, name))
    text = text[text.index("<svg") :]
    text = re.sub(r"<!--.*?-->\s*", "", text, flags=re.S)
    text = re.sub(r'\bid="', f'id="f{number}_', text)
    text = re.sub(r'\b(fill|stroke)="(none|black|transparent|white|#\w+)"', "", text)
    text = re.sub(r"<title>.*?</title>\s*", "", text, flags=re.S)
    text = re.sub(r' target="_top"| xlink:title="[^"]*"', "", text)
    return text.strip().replace("\n", " ")


def linked(code, language):
    """zh: `名字` 成为链接。 en: `name` becomes a link."""
    name = html.unescape(code[1])
    there = symbols.address(name, language) or exhibits.address(name)
    return f'<a class="name" href="{there}">{code[0]}</a>' if there else code[0]


def without_joints(text):
    """zh: 注释里的折行在汉字之间留下的空格；代码不动。
    en: The spaces that line ends of comments leave between Chinese; code is not touched."""
    parts = re.split(r'(<pre\b.*?</pre>|<div class="fragment">.*?<!-- fragment -->|<[^>]+>)', text, flags=re.S)
    for i in range(0, len(parts), 2):
        parts[i] = re.sub(rf"([{CJK}])[ \n]+(?=[{CJK}])", r"\1", parts[i])
    return "".join(parts)


def lines_named(text):
    """zh: 一页上有好几个文件的第 80 行，所以行的 id 带上文件名：local.cpp:80。
    en: A page shows line 80 of several files, so the id of a line has the file's name: local.cpp:80."""
    file = ""

    def named(found):
        nonlocal file
        file = os.path.basename(found[1]) if found[1] else file
        return f'<a id="{file}:{int(found[2])}"></a>' if found[2] else found[0]

    return re.sub(r'<div class="from">([^<]+)</div>|<a id="l(\d+)" name="l\d+"></a>', named, text)


def mend(path, language):
    text, folder, number = read(path), os.path.dirname(path), 0

    def embed(found):
        nonlocal number
        number += 1
        return figure(folder, found[1], number)

    text = FRAME.sub(embed, text)
    text = FOREIGN.sub(r"\1", text).replace("&zwj;", "")
    # zh: Doxygen 1.9.4 有时指向一节并不存在的清单。
    # en: Doxygen 1.9.4 sometimes leads to a list that is not there.
    if 'href="#nested-classes"' in text and 'name="nested-classes"' not in text:
        text = re.sub(r'<a href="#nested-classes">.*?</a>( \|)?', "", text)
    # zh: 习题的页不在导航里：停在总表上 en: an exercise's page is not in the navigation: the table of all stands for it
    text = re.sub(r"initNavTree\('exercise_\d+_\d+\.html'", "initNavTree('exercises.html'", text)
    if os.path.basename(path) in WRITTEN:
        text = lines_named(text)
        text = re.sub(
            r"(?<!<span>)<code>([\w:.>()-]+)</code>(?!</a>)", lambda c: linked(c, language), text
        )
    elif language == "zh":
        # zh: Doxygen 自己的话用错了标点 en: Doxygen's own words come with the wrong punctuation
        text = without_joints(text).replace("行定义.", "行定义。").replace(" , 以及 ", " 和 ")
    write(path, text)


def plain(markup):
    markup = re.sub(r"</(p|li|td|th|div|h\d|pre|tr)>|<br\s*/?>", " ", markup)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", markup))).strip()


def records_of(path):
    """zh: 一页的搜索记录：每节一条。 en: A page's records for the search: one for each section."""
    text, name = read(path), os.path.basename(path)
    contents = re.search(r'<div class="contents">(.*)<!-- contents -->', text, re.S)
    title = re.search(r'<div class="title">(.*?)</div>', text, re.S)
    if not contents or not title:
        return
    title = plain(title[1])
    body = re.sub(
        r'<(script|style|svg)\b.*?</\1>|<div class="toc">.*?</ul>\s*</div>|<nav.*?</nav>'
        r'|<span class="lineno">.*?</span>|<div class="ttc".*?(?=<div class="ttc"|</div><!-- fragment)',
        " ",
        contents[1],
        flags=re.S,
    )
    # zh: 折着的另是一条，找到了就通到折子上 en: what is folded is a record of its own, which leads to the fold
    for fold in FOLD.finditer(body):
        if fold[1]:
            yield [f"{name}#{fold[1]}", title, plain(" ".join(re.findall("<code>.*?</code>", fold[2]))), plain(fold[3])]
    body = HINTS.sub("", FOLD.sub("", body))
    head = r'<h[1-4][^>]*>\s*<a class="anchor" id="([^"]+)"></a>\s*(.*?)</h[1-4]>'
    member = r'<a id="(\w+)" name="\w+"></a>\s*<h2 class="memtitle">(.*?)</h2>'
    cuts = sorted(
        [*re.finditer(head, body, re.S), *re.finditer(member, body, re.S)], key=lambda m: m.start()
    )
    edges = [cut.start() for cut in cuts] + [len(body)]
    yield [name, title, "", plain(body[: edges[0]])]
    for cut, end in zip(cuts, edges[1:]):
        section = re.sub(r"^.*?\u25c6\s*", "", plain(cut[2]))
        yield [f"{name}#{cut[1]}", title, section, plain(body[cut.end() : end])]


def fulltext(folder):
    found = []
    for path in sorted(glob.glob(os.path.join(folder, "*.html"))):
        name = os.path.basename(path)
        if not UNSEARCHED.search(name) and not name.endswith("_source.html"):
            found += [record for record in records_of(path) if record[3] or record[2]]
    data = json.dumps(found, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    write(os.path.join(folder, "fulltext.js"), f"window.FULLTEXT={data};\n")
    return len(found)


def finish(folder, language):
    for path in sorted(glob.glob(os.path.join(folder, "*.html"))):
        mend(path, language)
    return fulltext(folder)
