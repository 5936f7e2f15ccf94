# zh: 孪生页：两种语言的标题、命令、次序相同；各记着对方的哈希，一边改了就要两边重看一遍。
# en: Twin pages: equal headings, commands and order in both languages; each records the other's hash,
#     so that a change in one asks for a look at both.
import hashlib
import os

import page
from records import ROOT, Fault, chapter_of, pages, read, twin, write


def own_text(path):
    return page.TWIN.sub("", read(path)).rstrip() + "\n"


def digest(path):
    return hashlib.sha256(own_text(path).encode()).hexdigest()[:16]


def differences(path):
    """zh: 一页与孪生页结构上的不同。 en: How a page's structure differs from its twin's."""
    other = twin(path)
    if not os.path.exists(other):
        yield Fault(path, 1, f"its twin is missing: {os.path.relpath(other, ROOT)}")
        return
    for what, take in (("heading", page.headings), ("command", page.commands)):
        mine, theirs = take(own_text(path)), take(own_text(other))
        if mine == theirs:
            continue
        at = next((i for i, pair in enumerate(zip(mine, theirs)) if pair[0] != pair[1]), None)
        at = min(len(mine), len(theirs)) if at is None else at
        have = [items[at] if at < len(items) else None for items in (mine, theirs)]
        yield Fault(path, 1, f"{what} {at + 1} differs: {have[0]}, its twin: {have[1]}")


def heading_ids(path):
    """zh: 每个标题都有 id，以 chN_ 开头。 en: Each heading has an id that begins with chN_."""
    chapter = chapter_of(path)
    seen = set()
    for level, name in page.headings(own_text(path)):
        if name is None or name in seen:
            yield Fault(path, 1, f"a heading of level {level} has no id, or uses one twice: {name}")
        elif chapter and level > 1 and not name.startswith(chapter.split("_")[0] + "_"):
            yield Fault(path, 1, f"the id {name} does not begin with {chapter.split('_')[0]}_")
        seen.add(name)


def faults():
    found = []
    for path in pages("zh") + pages("en"):
        if path in pages("zh"):
            found += differences(path)
        elif not os.path.exists(twin(path)):
            found.append(Fault(path, 1, "its twin is missing"))
        found += heading_ids(path)
        recorded = page.TWIN.search(read(path))
        if not os.path.exists(twin(path)):
            continue
        if recorded is None or recorded[1] != digest(twin(path)):
            name = os.path.relpath(twin(path), ROOT)
            found.append(Fault(path, 1, f"{name} has changed: read both, then ./learn docs --twins"))
    return [str(fault) for fault in found]


def refresh(only=None):
    """zh: 记下对方此刻的哈希；返回改动的文件。@p only：ch3、limits 这样的页名，不写就是全部。
    en: Records the other's hash; returns what changed. @p only: a page such as ch3 or limits, else all."""
    changed = []
    for path in pages("zh") + pages("en"):
        name = chapter_of(path) or os.path.splitext(os.path.basename(path))[0]
        if only and not (name + "_").startswith(only + "_"):
            continue
        if not os.path.exists(twin(path)):
            continue
        text = own_text(path) + f"\n<!-- twin: {digest(twin(path))} -->\n"
        if write(path, text):
            changed.append(os.path.relpath(path, ROOT))
    return changed
