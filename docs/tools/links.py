# zh: 死链：生成的网页里每个本地的 href、src、#锚点都要有着落；两个网站的页要一一对应。
# en: Dead links: each local href, src and #anchor of the generated pages must lead somewhere; and the
#     two sites must have the same pages.
import functools
import glob
import html
import os
import re
import urllib.parse

from finish import site
from records import LANGUAGES, ROOT, read

ATTRIBUTE = re.compile(r'\b(?:xlink:href|href|src|data)="([^"]+)"')
# zh: 由语言各自的文件名而来，不必相同。 en: Named after each language's own files: may differ.
OWN = re.compile(r"^dir_\w+|_8md\.html$|(zh|en)_8md")


@functools.cache
def anchors(path):
    return set(re.findall(r'\b(?:id|name)="([^"]+)"', read(path)))


@functools.cache
def exists(path):
    return os.path.exists(path)


def dead(language):
    """zh: 返回（链接数，死链）。 en: Returns (number of links, dead ones)."""
    count, found = 0, []
    for path in sorted(glob.glob(os.path.join(site(language), "*.html"))):
        text = re.sub(r"<script\b.*?</script>", "", read(path), flags=re.S)
        for link in sorted(set(ATTRIBUTE.findall(text))):
            if re.match(r"[a-z]+:|//|#$", link):
                continue
            file, _, anchor = urllib.parse.unquote(html.unescape(link)).partition("#")
            there = os.path.normpath(os.path.join(os.path.dirname(path), file)) if file else path
            count += 1
            whole = exists(there) and (
                not anchor or not there.endswith(".html") or anchor in anchors(there)
            )
            if not whole:
                found.append(f"{os.path.relpath(path, ROOT)}: {link}")
    return count, found


def external(language):
    """zh: 页面自己要去网上取的东西：一样也不许有。
    en: What a page itself would fetch from the network: there must be none."""
    found = []
    for path in sorted(glob.glob(os.path.join(site(language), "*.html"))):
        for tag in re.findall(r"<(?:script|link|img|iframe|object)\b[^>]*>", read(path)):
            if re.search(r'(?:src|href|data)="(?:https?:)?//', tag):
                found.append(f"{os.path.relpath(path, ROOT)}: {tag}")
    return found


def unpaired():
    names = [
        {os.path.basename(path) for path in glob.glob(os.path.join(site(language), "*.html"))}
        for language in LANGUAGES
    ]
    odd = sorted(name for name in names[0] ^ names[1] if not OWN.search(name))
    return [f"only one of the sites has {name}" for name in odd]


def faults():
    count, found = 0, unpaired()
    for language in LANGUAGES:
        links, broken = dead(language)
        count += links
        found += broken + external(language)
    return count, found
