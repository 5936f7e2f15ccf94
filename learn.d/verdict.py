# zh: 判一份答案：编译、链接、在看守之下运行，把听到的变成一句话。没有哪个字来自答案自己的输出。
# en: Judges an answer: compile, link, run under the warden, and make one sentence of what was heard.
#     Not a word of it comes from the answer's own output.
import concurrent.futures
import os
import re
import signal

import predict
import say
import warden
import workshop
from workshop import Refused


class Verdict:
    """zh: 一份答案的结论。zh、en 是给学习者的话，notes 是通过时也要说的。
    en: The verdict on an answer. zh and en are what the learner is told; notes are told even after
    passing."""

    def __init__(self, passed, zh="", en="", case="", output="", notes=(), warnings="", extra=""):
        self.passed, self.zh, self.en, self.case = passed, zh, en, case
        self.output, self.notes, self.warnings, self.extra = output, list(notes), warnings, extra
        self.answers = {}

    @property
    def text(self):
        return self.zh if say.LANG == "zh" else self.en


def failed(key, **values):
    zh, en = say.both(key, **values)
    return Verdict(False, zh, en)


def name_of(number):
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)


def of(outcome, expected):
    """zh: 看守听到的 -> 结论。次序：答案自己先说出的失败，然后是它怎样没有走到底。
    en: What the warden heard -> a verdict. First a failure that was reported in time, then in which
    way it did not get to the end."""
    cases = [event["name"] for event in outcome.of("case")]
    here = cases[-1] if cases else "-"
    failures, ends = outcome.of("failure"), outcome.of("end")
    if failures:
        verdict = Verdict(False, failures[0]["zh"], failures[0]["en"])
        before = outcome.events[: outcome.events.index(failures[0])]
        here = [event["name"] for event in before if event["event"] == "case"][-1:] or ["-"]
        here = here[0]
    elif outcome.stopped:
        verdict = failed("ex_stopped_" + outcome.stopped, seconds=warden.WALL_SECONDS)
    elif outcome.forged:
        verdict = failed("ex_forged")
    elif outcome.code is not None and outcome.code < 0:
        cpu = -outcome.code in (signal.SIGXCPU, signal.SIGKILL)
        verdict = failed("ex_stopped_cpu" if cpu else "ex_crashed", signal=name_of(-outcome.code))
    elif not ends:
        verdict = failed("ex_left_early", code=outcome.code)
    elif len(ends) != 1 or ends[0]["runs"] != 1 or sorted(ends[0]["cases"]) != expected:
        verdict = failed("ex_cases_differ", ran=len(ends[0]["cases"]), expected=len(expected))
    elif ends[0]["failed"] or outcome.code != 0:
        verdict = failed("ex_left_early", code=outcome.code)
    else:
        verdict = Verdict(True, notes=[(e["zh"], e["en"]) for e in outcome.of("note")])
    verdict.case, verdict.output = here, outcome.output
    return verdict


def own_lines_first(said, source):
    """zh: 编译器的话：学习者自己文件里的错误在先，别处的在后，至多三十行。
    en: The compiler's words: errors in the learner's own file first, those elsewhere after, thirty
    lines at most."""
    said = said.replace(source, os.path.basename(source))
    blocks, block = [], []
    for line in said.splitlines():
        starts = re.match(r"\S.*?:\d+(:\d+)?: |In file included from|\S.*: (In|At) ", line)
        if starts and block:
            blocks.append(block)
            block = []
        block.append(line)
    blocks.append(block)
    name = os.path.basename(source)
    own = [b for b in blocks if b and re.match(re.escape(name) + r":\d+.*(error|错误)", b[0])]
    rest = [b for b in blocks if b not in own]
    return "\n".join([line for block in own + rest for line in block][:30])


def refused(trouble, source):
    values = dict(trouble.values)
    said = values.pop("said", "")
    verdict = failed(trouble.key, **values)
    verdict.extra = own_lines_first(said, source)
    return verdict


def build_answers(shop, exercise, source, folder, strict):
    """zh: 两个平台各编译一遍，两个核一起。 en: Compiles for both platforms, on both cores."""
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        jobs = {
            platform: pool.submit(shop.answer, exercise, source, platform, folder, strict)
            for platform in exercise.platforms
        }
        return {platform: job.result() for platform, job in jobs.items()}


def judge(shop, exercise, source, folder, strict=False):
    """zh: source 为空：运行时自己的函数。 en: source None: the runtime's own functions."""
    if exercise.kind == "predict":
        return judge_prediction(shop, exercise, source)
    shop.prepare(exercise)
    before = exercise.fingerprint()
    os.makedirs(folder, exist_ok=True)
    answers, warnings = {}, ""
    try:
        if source:
            made = build_answers(shop, exercise, source, folder, strict)
            answers = {platform: made[platform][0] for platform in made}
            warnings = made[exercise.platforms[0]][1]
        notes = []
        for platform in exercise.platforms:
            program = os.path.join(folder, platform)
            shop.link(exercise, platform, answers.get(platform), program)
            outcome = warden.run([program])
            verdict = of(outcome, workshop.cases(exercise, platform))
            if not verdict.passed:
                break
            notes += verdict.notes
    except Refused as trouble:
        return refused(trouble, source)
    if exercise.fingerprint() != before:
        verdict = failed("ex_touched_tests")
    verdict.answers, verdict.warnings = answers, own_lines_first(warnings, source or "")
    verdict.notes = notes
    return verdict


def judge_prediction(shop, exercise, source):
    if source is None:
        given = predict.observed(shop, exercise)
    else:
        given = predict.parse(source)
    wrong, lacking = predict.compare(exercise, given)
    if lacking:
        return failed("ex_predict_empty", keys=", ".join(lacking))
    if not wrong:
        return Verdict(True)
    explained = predict.explain(exercise, given, wrong)
    if explained:
        return Verdict(False, *explained)
    return failed("ex_predict_wrong", keys=", ".join(wrong))


def drive(shop, exercise, answers, folder):
    """zh: 通过之后：真的运行时由这些函数带动。返回计数；带不动就是空。
    en: After passing: these functions drive the real runtime. Returns the counts; None if they
    don't."""
    program = os.path.join(folder, "drive")
    try:
        shop.link_drive(exercise, answers.get("real"), program)
    except Refused:
        return None
    found = warden.run([program]).of("drive")
    return found[0] if found else None
