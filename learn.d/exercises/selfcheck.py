# zh: 习题自己的检查：起点编译没有警告，并且如所说的那样不及格；参考答案和照起点写的正确答案连过一百次，
#     也带得动真的运行时；每份错答案得到它的那句话；每种攻击一分未得；两种语言都齐全。
# en: The exercises' own check: each starter compiles without warnings and fails as stated; each
#     reference and each right answer from the starter passes a hundred times in a row and drives the
#     real runtime; each wrong answer earns its message; no attack earns anything; all is there in both
#     languages.
import os
import re
import time

from exercises import catalogue, grade, kinds, workshop, wrong
from ground import bilingual
from ground.say import Trouble, seconds, text

TIMES = 100
WRONG_AT_LEAST = 3


def plan(shop, found, answers, with_attacks):
    """zh: 要评的答案，和各自该得的：真，或一句英文。answers：题 -> 它的错答案。
    en: The answers to be judged and what each must get: True, or an English sentence. answers:
    exercise -> its wrong answers."""
    items = []
    for e in found:
        items.append((grade.Item(e, e.start, "starter", strict=True), kinds.of(e).starter_earns()))
        items.append((grade.Item(e, grade.reference(e), "reference", strict=True, times=TIMES), True))
        if e.has("right.cpp"):
            items.append((grade.Item(e, e.right, "right", strict=True, times=TIMES), True))
        for answer in answers[e]:
            label = "wrong_" + answer.name
            items.append((grade.Item(e, answer.file(shop.place(e, label)), label), answer.earns))
    if with_attacks:
        for item in grade.attacks(catalogue.everything()):
            found_verdict = re.search(r"^// verdict: (.+)$", catalogue.read(item.source), re.M)
            items.append((item, found_verdict[1] if found_verdict else ""))
    return items


def wrong_answers(exercise, findings):
    """zh: 一道题的错答案；写得不对的，记进 findings。
    en: An exercise's wrong answers; those not in form go to findings."""
    answers = []
    for path in wrong.paths(exercise):
        try:
            answers.append(wrong.WrongAnswer(exercise, path))
        except catalogue.Malformed as trouble:
            findings.append(f"{exercise.id}: {trouble.values['text']}")
    names = [answer.name for answer in answers]
    findings += [f"{exercise.id}: two wrong answers are called {n}" for n in sorted(set(names)) if names.count(n) > 1]
    if len(answers) < WRONG_AT_LEAST:
        findings.append(f"{exercise.id}: has {len(answers)} wrong answers, {WRONG_AT_LEAST} are needed")
    for answer in answers:
        for line, zh, en in bilingual.check_text(answer.text, bilingual.CPP) if exercise.ending == ".cpp" else ():
            findings.append(f"{exercise.id} wrong_{answer.name}: line {line} of the whole: zh: {zh}, en: {en}")
    return answers


def finding(item, expected, result):
    """zh: 不对之处，一句话；都对就是空。 en: What is wrong, in a sentence; None if nothing is."""
    if expected is True:
        return None if result.passed else f"must pass: {result.en}{result.extra}"
    if not expected:
        return "does not state what it must earn"
    if result.passed:
        return "passes"
    if result.not_driven and not item.label.startswith("attack_"):
        return f"passes its tests, which have a hole: {result.en}"
    if not any(words in result.en for words in expected.split(" | ")):
        return f"must earn: {expected}\n      but got: {result.en.strip()}\n{result.extra}"
    zh, en = bilingual.HAN.search(result.zh), bilingual.HAN.search(result.en)
    if not zh or en:
        return f"not in both languages: {result.zh} | {result.en}"
    return None


def check(shop, found, with_attacks):
    findings = []
    answers = {e: wrong_answers(e, findings) for e in found}
    grade.prepare(shop, found)
    items = plan(shop, found, answers, with_attacks)
    results = grade.judge_all(shop, [item for item, _ in items], text("step_exercises"))
    for (item, expected), result in zip(items, results):
        problem = finding(item, expected, result)
        if problem:
            findings.append(f"{item.exercise.id} {item.label}: {problem}")
    for e in found:
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
        right=number["right"], wrong=number["wrong"], attacks=number["attack"], seconds=seconds(time.monotonic() - began),
    ))
    return 0
