# zh: 评分：每一道都重新评判，得分列成表；也写成 JSON 和 JUnit XML。
#     --of 评的是仓库自己的东西：起点（应得零分）、参考答案（应得满分）、攻击（应得零分）。
# en: Grading: every exercise is judged anew; the points come as a table, as JSON, as JUnit XML.
#     --of grades what the repository itself holds: starters (must get nothing), references (must get
#     all), attacks (must get nothing).
import concurrent.futures
import json
import multiprocessing
import os
import re
import subprocess
import time
from xml.sax.saxutils import escape, quoteattr

from exercises import catalogue, kinds, starters, verdict, warden, workshop
from ground import job, show, signals
from ground.say import Trouble, seconds, text

WORKERS = 2
KINDS = ("starter", "reference", "right", "wrong", "attack")
ATTACKS = os.path.join(catalogue.FOLDER, "attacks")


class Item:
    """zh: 要评的一份答案。 en: An answer to be judged."""

    def __init__(self, exercise, source, label, strict=False, times=1):
        self.exercise, self.source, self.label = exercise, source, label
        self.strict, self.times, self.seconds = strict, times, warden.WALL_SECONDS


def judge_item(item):
    """zh: 在一个自己的进程里：看守要认得哪些孩子是它的。
    en: In a process of its own: the warden must know which children are its own."""
    began = time.monotonic()
    try:
        result = kinds.of(item.exercise).judge(
            judge_item.shop, item.source, judge_item.shop.place(item.exercise, item.label),
            strict=item.strict, hurry=False, times=item.times, patience=item.seconds,
        )
    # zh: 一道坏了，别的照评 en: if one is broken the others are judged all the same
    except workshop.Broken as wrong:
        result = verdict.failed(wrong.key, **wrong.values)
    except subprocess.TimeoutExpired as late:
        command = " ".join(map(str, late.cmd))
        result = verdict.failed("too_slow", command=command, seconds=round(late.timeout))
    except signals.Stop:
        job.stop_all()
        os._exit(1)
    result.seconds = time.monotonic() - began
    return result


def set_shop(shop):
    judge_item.shop = shop
    signals.catch()
    warden.end_with_parent()


def judge_all(shop, items, title):
    """zh: 两个两个地评；次序照旧。 en: Judges two at a time; keeps the order."""
    context = multiprocessing.get_context("fork")
    with concurrent.futures.ProcessPoolExecutor(WORKERS, context, set_shop, (shop,)) as pool:
        try:
            with show.Progress(title) as line:
                with signals.forking():
                    jobs = [pool.submit(judge_item, item) for item in items]
                for i, item in enumerate(items):
                    line.step(i, len(items), f"{item.exercise.id} {item.label}")
                    jobs[i].result()
                return [done.result() for done in jobs]
        except BaseException:
            # zh: 被中断：工人停下手里的，不再开始新的
            # en: interrupted: the workers stop what they are doing and begin nothing more
            for worker in multiprocessing.active_children():
                worker.terminate()
            raise


def prepare(shop, exercises):
    """zh: 先把各题的测试编译好。 en: Compiles the tests first."""
    shop.prepare(*exercises)
    for platform in ("real", "checked"):
        shop.where(platform)


def reference(e):
    return e.path("solution.cpp") if e.has("solution.cpp") else None


def attacks(found):
    by_id, items = {e.id: e for e in found}, []
    for name in sorted(os.listdir(ATTACKS)):
        if name.endswith(".cpp"):
            path = os.path.join(ATTACKS, name)
            head = dict(re.findall(r"^// (exercise|verdict|seconds): (.+)$", catalogue.read(path), re.M))
            item = Item(by_id[head["exercise"]], path, "attack_" + name[:-4])
            item.seconds = int(head.get("seconds", item.seconds))
            items.append(item)
    return items


def items_of(what, found):
    if what == "attacks":
        return attacks(found)
    if what == "references":
        return [Item(e, reference(e), "reference") for e in found]
    if what == "starters":
        return [Item(e, e.start, "starter") for e in found]
    starters.take_over(found)
    return [Item(e, starters.source(e), "mine") for e in found]


def rows_of(items, results):
    """zh: 攻击按攻击算，其余按题算。 en: Attacks count by attack, everything else by exercise."""
    rows = []
    for item, result in zip(items, results):
        e = item.exercise
        rows.append({
            "id": e.id, "title": e.task.title, "label": item.label, "stars": e.stars, "points": e.points,
            "earned": e.points if result.passed else 0, "passed": result.passed,
            "unread": result.unread, "message": (result.text.strip().splitlines() or [""])[0], "seconds": round(result.seconds, 2),
        })
    return rows


def junit(path, rows, duration):
    failures = sum(not row["passed"] for row in rows)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(
        f'<testsuite name="newproc exercises" tests="{len(rows)}" failures="{failures}" time="{duration:.2f}">'
    )
    for row in rows:
        name = quoteattr(f"{row['id']} {row['title']}")
        lines.append(f'<testcase classname="newproc" name={name} time="{row["seconds"]}">')
        if not row["passed"]:
            lines.append(f"<failure message={quoteattr(row['message'])}>{escape(row['message'])}</failure>")
        lines.append("</testcase>")
    try:
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n</testsuite>\n")
    except OSError as error:
        raise Trouble("grade_unwritable", path=path, text=error.strerror) from None


def grade(shop, what):
    found = catalogue.everything()
    prepare(shop, found)
    items = items_of(what, found)
    return rows_of(items, judge_all(shop, items, text("grade_title", what=text("grade_" + what))))


def command(said):
    began = time.monotonic()
    rows = grade(workshop.ready(), said.of)
    duration = time.monotonic() - began
    earned, of = sum(row["earned"] for row in rows), sum(row["points"] for row in rows)
    if said.junit:
        junit(said.junit, rows, duration)
    if said.json:
        print(json.dumps({"earned": earned, "points": of, "exercises": rows}, ensure_ascii=False, indent=1))
        return 0
    table = [[text("ex_title"), text("ex_stars"), text("grade_result"), text("ex_points")]]
    for row in rows:
        title = row["title"] if not row["label"].startswith("attack_") else row["label"][7:]
        result = text("passed") if row["passed"] else text("failed")
        if row["label"].startswith("attack_"):
            result = show.clip(row["message"], 60)
        table.append([f"{row['id']}  {title}", "★" * row["stars"], result, f"{row['earned']}/{row['points']}"])
    print(show.table(table))
    for row in rows:
        if row["unread"]:
            print(show.wrap(f"{row['id']}  {row['message']}", "    ", "  "))
    print("\n" + text("grade_total", points=earned, of=of, seconds=seconds(duration)))
    return 0
