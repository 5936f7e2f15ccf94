# zh: 判一份答案：编译、链接、在看守之下运行，把听到的变成一句话。没有哪个字来自答案自己的输出。
# en: Judges an answer: compile, link, run under the warden, and make one sentence of what was heard.
#     Not a word of it comes from the answer's own output.
import concurrent.futures
import os
import re
import signal

from exercises import predict, warden, workshop
from ground import build, job, reading, say
from exercises.workshop import Refused


class Verdict:
    """zh: 一份答案的结论。zh、en 是给学习者的话，notes 是通过时也要说的。
    en: The verdict on an answer. zh and en are what the learner is told; notes are told even after
    passing."""

    def __init__(self, passed, zh="", en="", case="", output="", notes=(), warnings="", extra=""):
        self.passed, self.zh, self.en, self.case = passed, zh, en, case
        self.output, self.notes, self.warnings, self.extra = output, list(notes), warnings, extra
        self.answers, self.unread = {}, False

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


def of(outcome, expected, times=1, patience=warden.WALL_SECONDS):
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
        verdict = failed("ex_stopped_" + outcome.stopped, seconds=patience)
    elif outcome.forged:
        verdict = failed("ex_forged")
    elif outcome.code is not None and outcome.code < 0:
        cpu = -outcome.code in (signal.SIGXCPU, signal.SIGKILL)
        verdict = failed("ex_stopped_cpu" if cpu else "ex_crashed", signal=name_of(-outcome.code))
    elif not ends:
        verdict = failed("ex_left_early", code=outcome.code)
    elif len(ends) != 1 or ends[0]["runs"] != times or sorted(ends[0]["cases"]) != expected:
        verdict = failed("ex_cases_differ", ran=len(ends[0]["cases"]), expected=len(expected))
    elif outcome.code != 0:
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


class Trial:
    """zh: 一份答案在一个平台上：编译并链接，然后运行。source 为空：运行时自己的函数。
    en: An answer on a platform: compiled and linked, then run. source None: the runtime's own
    functions."""

    def __init__(self, shop, exercise, source, folder, platform, strict):
        self.shop, self.exercise, self.source, self.folder = shop, exercise, source, folder
        self.platform, self.strict = platform, strict
        self.program, self.answer, self.said = os.path.join(folder, platform), None, ""

    def make(self):
        if self.source:
            self.answer, self.said = self.shop.answer(
                self.exercise, self.source, self.platform, self.folder, self.strict
            )
        self.shop.link(self.exercise, self.platform, self.answer, self.program)

    def run(self, times, patience):
        # zh: 检查器走遍所有交错，一次就是证明 en: the checker walks all interleavings: once proves
        times = times if self.platform == "real" else 1
        outcome = warden.run([self.program, str(times)], patience=patience + times - 1)
        return of(outcome, workshop.cases(self.exercise, self.platform), times, patience)


def judge(shop, exercise, source, folder, strict=False, hurry=True, times=1, patience=warden.WALL_SECONDS):
    """zh: hurry：两个平台一起编译，两个核都用上；否则前一个通过了才做后一个。
    en: hurry: compiles for both platforms at once, on both cores; else the second is made only when
    the first has passed."""
    if source:
        try:
            if not reading.text(source).strip():
                return failed("ex_empty", file=build.shown(source), id=exercise.id)
        except reading.Unreadable as trouble:
            verdict = failed(trouble.key, **trouble.values)
            verdict.unread = True
            return verdict
        except FileNotFoundError:
            return failed("ex_gone", file=build.shown(source), id=exercise.id)
    if exercise.kind == "predict":
        return judge_prediction(shop, exercise, source)
    os.makedirs(folder, exist_ok=True)
    before = exercise.fingerprint()
    trials = [Trial(shop, exercise, source, folder, p, strict) for p in exercise.platforms]
    notes = []
    try:
        if hurry:
            with concurrent.futures.ThreadPoolExecutor(2) as pool:
                made = [pool.submit(trial.make) for trial in trials]
                try:
                    for one in made:
                        one.result()
                except job.Stop:
                    # zh: 不等另一个编译完 en: not waiting for the other compilation
                    job.stop_all()
                    raise
        for trial in trials:
            if not hurry:
                trial.make()
            verdict = trial.run(times, patience)
            notes += verdict.notes
            if not verdict.passed:
                break
    except Refused as trouble:
        return refused(trouble, source)
    if exercise.fingerprint() != before:
        verdict = failed("ex_touched_tests")
    verdict.answers = {trial.platform: trial.answer for trial in trials if trial.answer}
    verdict.warnings, verdict.notes = own_lines_first(trials[0].said, source or ""), notes
    return verdict


def judge_prediction(shop, exercise, source):
    if source is None:
        given = predict.observed(shop, exercise)
    else:
        given = predict.parse(source)
    wrong, lacking = predict.compare(exercise, given)
    explained = predict.explain(exercise, given, wrong)
    if explained:
        return Verdict(False, *explained)
    if wrong:
        return failed("ex_predict_wrong", keys=", ".join(wrong))
    if lacking:
        return failed("ex_predict_empty", keys=", ".join(lacking))
    return Verdict(True)


def drive(shop, exercise, answers, folder):
    """zh: 通过之后：真的运行时由这些函数带动。返回计数；带不动就是空。
    en: After passing: these functions drive the real runtime. Returns the counts; None if they
    don't."""
    os.makedirs(folder, exist_ok=True)
    program = os.path.join(folder, "drive")
    try:
        # zh: 参考的那一份不变，链接一次就够 en: the reference's does not change: linked once
        if answers or workshop.older(program, *shop.runtime(exercise, "real")):
            shop.link_drive(exercise, answers.get("real"), program)
    except Refused:
        return None
    found = warden.run([program]).of("drive")
    return found[0] if found else None
