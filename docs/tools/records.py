# zh: 页：有哪些，读的次序，在哪里。章的名单来自 chapters/spine.txt，记录的格式来自 learn.d/ground。
# en: The pages: which there are, the order of reading, where they are. The list of chapters comes from
#     chapters/spine.txt, the format of records from learn.d/ground.
import glob
import os
import re
import sys

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "learn.d"))
from ground import spine  # noqa: E402
from ground.records import CJK, ROOT, Fault, load  # noqa: E402, F401

LANGUAGES = ("zh", "en")
CHAPTERS = tuple(chapter.key for chapter in spine.CHAPTERS.values())
# zh: 读的次序；上一页、下一页由它定。 en: The order of reading; it gives previous and next.
ORDER = ("index", "gmp_map", *CHAPTERS, "exercises", "limits", "checker", "museum", "orders")
ORDER += ("glossary", "errata", "since", "coverage")


def path_of(*parts):
    return os.path.join(ROOT, *parts)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def write(path, text):
    """zh: 内容没变就不碰它：时间戳不动，后面就不必重做。
    en: Leaves an unchanged file alone: its time stays, and what follows need not be redone."""
    if os.path.exists(path) and read(path) == text:
        return False
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path + ".new", "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(path + ".new", path)
    return True


def chapter_of(path):
    found = re.search(r"chapters/(ch\d+_\w+)/", path)
    return found[1] if found else None


def pages(language):
    """zh: 手写的页。 en: The pages written by hand."""
    return sorted(glob.glob(path_of("chapters", "*", language + ".md"))) + sorted(
        glob.glob(path_of("docs", language, "*.md"))
    )


def twin(path):
    """zh: 同一页的另一种语言。 en: The same page in the other language."""
    other = {"zh": "en", "en": "zh"}
    if chapter_of(path):
        folder, name = os.path.split(path)
        return os.path.join(folder, other[name[:2]] + ".md")
    folder, name = os.path.split(path)
    return os.path.join(os.path.dirname(folder), other[os.path.basename(folder)], name)
