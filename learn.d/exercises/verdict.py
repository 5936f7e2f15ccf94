# zh: 结论：把看守听到的变成一句话。没有哪个字来自答案自己的输出。
# en: The verdict: makes one sentence of what the warden heard. Not a word of it comes from the answer's
#     own output.
import os
import re
import signal

from exercises import warden
from ground import build, reading, say


class Verdict:
    """zh: 一份答案的结论。zh、en 是给学习者的话，notes 是通过时也要说的。
    en: The verdict on an answer. zh and en are what the learner is told; notes are told even after
    passing."""

    def __init__(self, passed, zh="", en="", case="", output="", notes=(), warnings="", extra=""):
        self.passed, self.zh, self.en, self.case = passed, zh, en, case
        self.output, self.notes, self.warnings, self.extra = output, list(notes), warnings, extra
        self.unread = False
        # zh: 兜风：报来的计数；通过了测试、却带不动 en: the drive: its counts; the tests have passed, and it failed
        self.counts, self.not_driven = [], False

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


FATAL = re.compile(r"^(?:fatal error|panic): .*$", re.M)
LONGEST = 200


def how_it_drove(outcome, patience):
    """zh: 兜风怎样没有走到底：（哪句话，填什么）；走到底了就是空。
    en: How the drive did not get to its end: (which words, what to fill in); None if it did."""
    ends, fatal = outcome.of("drive"), FATAL.search(outcome.output)
    if outcome.stopped:
        return "ex_drive_" + outcome.stopped, {"seconds": patience}
    if outcome.forged:
        return "ex_drive_forged", {}
    if outcome.code != 0 and fatal:
        return "ex_drive_fatal", {"said": fatal[0][:LONGEST]}
    if outcome.code < 0:
        cpu = -outcome.code in (signal.SIGXCPU, signal.SIGKILL)
        return "ex_drive_cpu" if cpu else "ex_drive_signal", {"signal": name_of(-outcome.code)}
    if outcome.code != 0 or len(ends) != 1:
        return "ex_drive_left", {"code": outcome.code}
    if ends[0]["again"]:
        return "ex_drive_again", {"again": ends[0]["again"]}
    return None


def not_driven(names, how, values, ran=()):
    """zh: 通过了测试，却带不动真的运行时：只说知道的。ran：路上报来的。
    en: Passes the tests and does not drive the real runtime: says what is known and no more. ran: what
    was reported on the way."""
    said = {}
    for language in ("zh", "en"):
        far = say.in_language("ex_drive_far", language, n=ran[-1]["n"], of=ran[-1]["of"]) if ran else ""
        listed = say.in_language("comma", language).join(names)
        words = say.in_language(how, language, **values)
        said[language] = say.in_language("ex_drive_failed", language, names=listed, how=words, far=far).strip()
    verdict = Verdict(False, said["zh"], said["en"])
    verdict.not_driven = True
    return verdict


def of_drive(outcome, names, patience=warden.WALL_SECONDS):
    """zh: 兜风的结论。 en: The verdict on a drive."""
    wrong = how_it_drove(outcome, patience)
    ran = [] if outcome.of("drive") else outcome.of("ran")
    verdict = not_driven(names, *wrong, ran) if wrong else Verdict(True)
    verdict.counts, verdict.output = outcome.of("drive")[-1:], outcome.output
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


def unfit(exercise, source):
    """zh: 这份答案没法评：不在、是空的、读不成；能评就是空。
    en: The verdict on an answer that can't be judged: gone, empty, unreadable. None if it can."""
    if source is None:
        return None
    try:
        if reading.text(source).strip():
            return None
        return failed("ex_empty", file=build.shown(source), id=exercise.id)
    except reading.Unreadable as trouble:
        verdict = failed(trouble.key, **trouble.values)
        verdict.unread = True
        return verdict
    except FileNotFoundError:
        return failed("ex_gone", file=build.shown(source), id=exercise.id)
