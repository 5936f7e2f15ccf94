# zh: 读者的进度，在 .learn/progress.json 里：看过哪几章，做过哪些习题、试了几次、看了几个提示。
# en: The reader's progress, in .learn/progress.json: which chapters were seen, which exercises were
#     solved, how often they were tried, how many hints were seen.
import json
import os
import time

from ground import job, lock, reading
from ground.say import say, text
from ground.spine import CHAPTERS

PATH = os.path.join(job.ROOT, ".learn", "progress.json")


def load():
    """zh: 不认得的键照原样留着：也许是更新的版本写的。
    en: Keys that are not known are kept as they are: a newer version may have written them."""
    try:
        data = json.loads(reading.text(PATH))
        data["checkpoints"].items()
        data.setdefault("exercises", {}).items()
        return data
    except FileNotFoundError:
        pass
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, reading.Unreadable):
        set_aside()
    return {"checkpoints": {}, "exercises": {}}


def set_aside():
    """zh: 读不懂的不丢，改名留着；从前留下的也不盖掉。
    en: What can't be read is kept under another name, and what was kept before stays too."""
    aside, n = PATH + ".broken", 1
    while os.path.lexists(aside):
        n += 1
        aside = f"{PATH}.broken-{n}"
    os.replace(PATH, aside)
    say("progress_broken", path=os.path.relpath(aside, job.ROOT))


def count(record, key):
    """zh: 记录里的一个数；写坏的算零。 en: A number of a record; a damaged one counts as none."""
    value = record.get(key)
    return value if isinstance(value, int) and value > 0 else 0


def mark(n):
    with lock.holding(lock.PROGRESS):
        data = load()
        data["checkpoints"][str(n)] = time.strftime("%Y-%m-%d")
        save(data)


def save(data):
    os.makedirs(os.path.dirname(PATH), exist_ok=True)
    # zh: 先写旁边再换名：中途断了也不留半个文件。
    # en: Written beside and renamed: an interruption leaves no half file.
    with open(PATH + ".new", "w", encoding="utf-8") as file:
        json.dump(data, file, indent=1)
    os.replace(PATH + ".new", PATH)


def exercise(number):
    """zh: 一道习题的记录。 en: The record of an exercise."""
    found = load()["exercises"].get(number, {})
    return found if isinstance(found, dict) else {}


def update(number, changes):
    """zh: changes：记录 -> 要改的。读和写之间别的 ./learn 插不进来。
    en: changes: record -> what to change. No other ./learn comes between reading and writing."""
    with lock.holding(lock.PROGRESS):
        data = load()
        before = data["exercises"].get(number)
        before = before if isinstance(before, dict) else {}
        record = before | changes(before)
        if record != before:
            data["exercises"][number] = record
            save(data)
        return record


def change(number, **changes):
    return update(number, lambda _: changes)


def attempted(number, passed):
    today = time.strftime("%Y-%m-%d")
    update(number, lambda before: {
        "attempts": count(before, "attempts") + 1,
        "solved": before.get("solved") or (today if passed else None),
    })


def hinted(number, most):
    """zh: 再看一个提示；返回可以看几个。解出之后全都可以看，也不再记。
    en: One more hint; returns how many may be seen. Once it is solved that is all of them, and no
    more is recorded."""
    record = update(number, lambda before: {} if before.get("solved") else {
        "hints": min(most, count(before, "hints") + 1)
    })
    return most if record.get("solved") else record["hints"]


def asked(number):
    """zh: 又要看答案；返回第几次。 en: The solution was asked for again; returns how often."""
    return update(number, lambda before: {"asked": count(before, "asked") + 1})["asked"]


def report():
    """zh: 进度和下一步，两行。 en: Progress and the next step, two lines."""
    recorded = load()["checkpoints"]
    seen = [str(n) for n in CHAPTERS if str(n) in recorded]
    left = [n for n in CHAPTERS if str(n) not in seen]
    listed = text("list", numbers=text("comma").join(seen)) if seen else ""
    step = text("next_ch", n=left[0], name=CHAPTERS[left[0]].key) if left else text("next_test")
    return [text("progress", n=len(seen), all=len(CHAPTERS), list=listed), step]
