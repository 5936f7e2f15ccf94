# zh: 习题自己的检查：起点编译没有警告，并且如所说的那样不及格；参考答案连过一百次；每份错答案得到它的
#     那句话；每种攻击一分未得；两种语言都齐全。
# en: The exercises' own check: each starter compiles without warnings and fails as stated; each
#     reference passes a hundred times in a row; each wrong answer earns its message; no attack earns
#     anything; all is there in both languages.
import os
import re
import time

from exercises import catalogue, grade, kinds, workshop
from ground import bilingual
from ground.say import Trouble, seconds, text

TIMES = 100
WRONG_AT_LEAST = 3


def plan(found, with_attacks):
    """zh: 要评的答案，和各自该得的：真，或一句英文。
    en: The answers to be judged and what each must get: True, or an English sentence."""
    items = []
    for e in found:
        kind = kinds.of(e)
        items.append((grade.Item(e, e.start, "starter", strict=True), kind.starter_earns()))
        items.append((grade.Item(e, grade.reference(e), "reference", strict=True, times=TIMES), True))
        for path in e.wrong:
            label = "wrong_" + os.path.splitext(os.path.basename(path))[0]
            items.append((grade.Item(e, path, label), kind.wrong_earns(path)))
    if with_attacks:
        for item in grade.attacks(catalogue.everything()):
            found_verdict = re.search(r"^// verdict: (.+)$", catalogue.read(item.source), re.M)
            items.append((item, found_verdict[1] if found_verdict else ""))
    return items


def finding(item, expected, result):
    """zh: 不对之处，一句话；都对就是空。 en: What is wrong, in a sentence; None if nothing is."""
    if expected is True:
        return None if result.passed else f"the reference does not pass: {result.en}{result.extra}"
    if not expected:
        return "does not state what it must earn"
    if result.passed:
        return "passes"
    if not any(words in result.en for words in expected.split(" | ")):
        return f"must earn: {expected}\n      but got: {result.en.strip()}\n{result.extra}"
    zh, en = bilingual.HAN.search(result.zh), bilingual.HAN.search(result.en)
    if not zh or en:
        return f"not in both languages: {result.zh} | {result.en}"
    return None


def check(shop, found, with_attacks):
    grade.prepare(shop, found)
    items = plan(found, with_attacks)
    results = grade.judge_all(shop, [item for item, _ in items], text("step_exercises"))
    findings = []
    for (item, expected), result in zip(items, results):
        wrong = finding(item, expected, result)
        if wrong:
            findings.append(f"{item.exercise.id} {item.label}: {wrong}")
    for e in found:
        if len(e.wrong) < WRONG_AT_LEAST:
            findings.append(f"{e.id}: has {len(e.wrong)} wrong answers, {WRONG_AT_LEAST} are needed")
        findings += [f"{e.id}: {lack}" for lack in kinds.of(e).lacks()]
    points = {}
    for (item, _), result in zip(items, results):
        kind = item.label.split("_")[0]
        points[kind] = points.get(kind, 0) + (item.exercise.points if result.passed else 0)
    return findings, points, [item for item, _ in items]


def command(number=None):
    began = time.monotonic()
    found = [catalogue.find(number)] if number else catalogue.everything()
    findings, points, items = check(workshop.ready(), found, with_attacks=not number)
    full = sum(e.points for e in found)
    if points.get("starter") or points.get("attack") or points.get("reference") != full:
        findings.append(f"points: {points}, full: {full}")
    for line in findings:
        print("  " + line)
    if findings:
        raise Trouble("excheck_bad", n=len(findings))
    number = {kind: sum(item.label.startswith(kind) for item in items) for kind in grade.KINDS}
    print(text(
        "excheck_ok", n=len(found), starters=number["starter"], references=number["reference"],
        wrong=number["wrong"], attacks=number["attack"], seconds=seconds(time.monotonic() - began),
    ))
    return 0
