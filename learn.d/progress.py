# zh: 读者的进度，在 .learn/progress.json 里：看过哪几章；以后还有做过哪些习题。
# en: The reader's progress, in .learn/progress.json: which chapters were seen; later, which
#     exercises were solved.
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
    os.makedirs(os.path.dirname(PATH), exist_ok=True)
    # zh: 先写旁边再换名：中途断了也不留半个文件。
    # en: Written beside and renamed: an interruption leaves no half file.
    with open(PATH + ".new", "w", encoding="utf-8") as file:
        json.dump(data, file, indent=1)
    os.replace(PATH + ".new", PATH)


def report():
    """zh: 进度和下一步，两行。 en: Progress and the next step, two lines."""
    recorded = load()["checkpoints"]
    seen = [str(n) for n in CHAPTERS if str(n) in recorded]
    left = [n for n in CHAPTERS if str(n) not in seen]
    listed = text("list", numbers=text("comma").join(seen)) if seen else ""
    step = text("next_ch", n=left[0], name=CHAPTERS[left[0]]) if left else text("next_test")
    return [text("progress", n=len(seen), list=listed), step]
