# zh: 读者的进度，在 .learn/progress.json 里：看过哪几章，做过哪些习题、试了几次、看了几个提示。
# en: The reader's progress, in .learn/progress.json: which chapters were seen, which exercises were
#     solved, how often they were tried, how many hints were seen.
import json
import os
import time

import job
from counters import CHAPTERS
from say import say, text

PATH = os.path.join(job.ROOT, ".learn", "progress.json")


def load():
    try:
        with open(PATH, encoding="utf-8") as file:
            data = json.load(file)
        data["checkpoints"].items()
        data.setdefault("exercises", {}).items()
        return data
    except FileNotFoundError:
        pass
    except (ValueError, KeyError, TypeError, AttributeError):
        # zh: 读不懂的不丢，改名留着。 en: What can't be read is kept under another name.
        os.replace(PATH, PATH + ".broken")
        say("progress_broken", path=os.path.relpath(PATH + ".broken", job.ROOT))
    return {"checkpoints": {}, "exercises": {}}


def mark(n):
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


def change(number, **changes):
    data = load()
    record = exercise(number) | changes
    data["exercises"][number] = record
    save(data)
    return record


def attempted(number, passed):
    before = exercise(number)
    solved = before.get("solved") or (time.strftime("%Y-%m-%d") if passed else None)
    change(number, attempts=before.get("attempts", 0) + 1, solved=solved)


def hinted(number, most):
    """zh: 再看一个提示；返回已看过几个。 en: One more hint; returns how many were seen."""
    return change(number, hints=min(most, exercise(number).get("hints", 0) + 1))["hints"]


def asked(number):
    """zh: 又要看答案；返回第几次。 en: The solution was asked for again; returns how often."""
    return change(number, asked=exercise(number).get("asked", 0) + 1)["asked"]


def report():
    """zh: 进度和下一步，两行。 en: Progress and the next step, two lines."""
    recorded = load()["checkpoints"]
    seen = [str(n) for n in CHAPTERS if str(n) in recorded]
    left = [n for n in CHAPTERS if str(n) not in seen]
    listed = text("list", numbers=text("comma").join(seen)) if seen else ""
    step = text("next_ch", n=left[0], name=CHAPTERS[left[0]]) if left else text("next_test")
    return [text("progress", n=len(seen), list=listed), step]
