# zh: 检查点的计数，和每章的一句话：改变了什么，为什么。原因写在 spine.txt 里，比较的词由数字决定。
# en: The checkpoints' counters, and a sentence for each chapter: what it changed and why. The
#     reason is written in spine.txt, the words that compare come from the numbers.
import json
import os
import subprocess

from ground import build, job
from ground.say import LANG, Trouble, text
from ground.spine import CHAPTERS

KEYS = "threads runs wakes useless_wakes parks steals locks wall_us cpu_us".split()
PATIENCE = 60


def program(number):
    return os.path.join(build.folder("default"), "bin", f"checkpoint{number}")


def measure(number, aloud=False):
    """zh: 跑一个检查点，返回 {程序: 计数}。aloud：它的输出给读者看。
    en: Runs a checkpoint; returns {program: counters}. aloud: its output goes to the reader."""
    counts = build.log_of(f"checkpoint{number}")
    os.makedirs(os.path.dirname(counts), exist_ok=True)
    argv, said = [program(number), "--lang", LANG, "--counts", counts], ""
    if aloud:
        code = job.passed_through(argv)
    else:
        try:
            code, out, err = job.output(argv, PATIENCE)
        except subprocess.TimeoutExpired:
            raise Trouble("checkpoint_hangs", n=number, seconds=PATIENCE) from None
        said = " / ".join((err or out).strip().splitlines()[:3])
    found = kept(counts) if code == 0 else None
    if not found or "document" not in found:
        raise Trouble("checkpoint_failed", n=number, code=code, text=said or f"checkpoint{number}")
    return found


def kept(path):
    """zh: --counts 写下的 {程序: 计数}；不完整就是 None。
    en: The {program: counters} that --counts wrote; None if incomplete."""
    try:
        with open(path, encoding="utf-8") as file:
            found = {row["program"]: row for row in map(json.loads, file)}
        complete = all(key in row for row in found.values() for key in KEYS)
        return found if complete else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def shared(found):
    """zh: 各章共用的那份活。 en: The work that all chapters share."""
    return found.get("work", found["document"])


def milliseconds(us):
    ms = us / 1000
    return text("milliseconds", n=f"{ms:,.0f}" if ms >= 10 else f"{ms:.1f}")


def microseconds(us):
    return text("microseconds", n=f"{us:.2f}")


def number(n):
    return f"{n:,}"


def change(before, after, show=number, noise=0.0):
    """zh: 从前到后，用一个与数字相符的词。
    en: From before to after, in a word that fits the numbers."""
    old, new = show(before), show(after)
    if old == new:
        return text("change_same", new=new)
    if abs(after - before) <= noise:
        said = text("change_about", old=old, new=new)
    else:
        said = text("change_up" if after > before else "change_down", old=old, new=new)
    return said.replace("秒 ", "秒")  # zh: 汉字之间不留空格 en: no blank between Chinese characters


def sentence(n, now, before):
    """zh: 第 n 章的一句话。before：前一章的计数，第 1 章没有。
    en: Chapter n's sentence. before: the counters of the chapter before; chapter 1 has none."""
    before = before or now
    new, old = shared(now), shared(before)
    idle = [found["document"]["cpu_us"] for found in (before, now)]
    own = now.get("own", new)
    return CHAPTERS[n].changed[LANG].format(
        threads=number(new["threads"]),
        wakes=number(new["wakes"]),
        useless=number(new["useless_wakes"]),
        steals=change(old["steals"], new["steals"]),
        runs=number(own["runs"]),
        per_run=microseconds(own["cpu_us"] / max(1, own["runs"])),
        idle=change(*idle, show=milliseconds, noise=max(5000, 0.1 * idle[0])),
        wakes_change=change(old["wakes"], new["wakes"]),
        useless_change=change(old["useless_wakes"], new["useless_wakes"]),
    )


def overview(all_found):
    """zh: 各章的表。 en: The table of the chapters."""
    keys = ("threads", "wakes", "useless_wakes", "steals", "locks")
    rows = [[text("chapter"), *(text(key) for key in keys), text("idle")]]
    for n, found in all_found.items():
        cells = [number(shared(found)[key]) for key in keys]
        idle = milliseconds(found["document"]["cpu_us"])
        rows.append([text("chapter_n", n=n, name=CHAPTERS[n].key), *cells, idle])
    return rows


def beside(n, now, before, name):
    """zh: 一个程序的计数，两章并排。 en: One program's counters, two chapters side by side."""
    columns = [(n - 1, before[name])] if before and name in before else []
    columns.append((n, now[name]))
    rows = [["", *(text("short_n", n=k) for k, _ in columns)]]
    for key in KEYS:
        show = milliseconds if key.endswith("_us") else number
        rows.append([text(key), *(show(row[key]) for _, row in columns)])
    return rows
