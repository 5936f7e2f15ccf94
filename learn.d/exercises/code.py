# zh: 写代码的题（write、find、extend）：编译、链接、在看守之下运行测试；测试都通过了，那些函数还要带动真的
#     运行时，带不动就不算通过。
# en: Exercises in code (write, find, extend): compile, link, run the tests under the warden; when these
#     have passed, those functions must drive the real runtime too, else it has not passed.
import os
import re

from exercises import catalogue, warden, workshop
from exercises import verdict as verdicts
from exercises.workshop import Refused
from ground import build, job, show
from ground.say import say, seconds, text


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
        return verdicts.of(outcome, workshop.cases(self.exercise, self.platform), times, patience)


class Code:
    def __init__(self, exercise):
        self.exercise = exercise

    def judge(self, shop, source, folder, strict=False, hurry=True, times=1, patience=warden.WALL_SECONDS):
        """zh: hurry：两个平台一起编译，两个核都用上；否则前一个通过了才做后一个。source 为空：参考答案。
        en: hurry: compiles for both platforms at once, on both cores; else the second is made only when
        the first has passed. source None: the reference."""
        unfit = verdicts.unfit(self.exercise, source)
        if unfit:
            return unfit
        os.makedirs(folder, exist_ok=True)
        before = self.exercise.fingerprint()
        trials = [Trial(shop, self.exercise, source, folder, p, strict) for p in self.exercise.platforms]
        notes = []
        try:
            if hurry:
                job.together(*(trial.make for trial in trials))
            for trial in trials:
                if not hurry:
                    trial.make()
                verdict = trial.run(times, patience)
                notes += verdict.notes
                if not verdict.passed:
                    break
            if verdict.passed and self.exercise.drives:
                answer = self.driver(trials, strict)
                verdict = self.drive(shop, source, answer, folder, patience)
                if verdict.passed and self.exercise.errands:
                    verdict.errands = self.errands(shop, answer, folder, patience)
                    verdict = verdict if verdict.errands else verdicts.failed("ex_errands_failed")
        except Refused as trouble:
            return verdicts.refused(trouble, source)
        if self.exercise.fingerprint() != before:
            verdict = verdicts.failed("ex_touched_tests")
        verdict.warnings, verdict.notes = verdicts.own_lines_first(trials[0].said, source or ""), notes
        return verdict

    # --- zh: 测试通过之后 en: after the tests have passed

    def driver(self, trials, strict):
        """zh: 这份答案在真的平台上的对象；测试都在检查器里的，到这里才为它编译。
        en: This answer's object for the real platform; where all tests are the checker's it is compiled
        only here."""
        first = trials[0]
        if first.source and first.platform != "real":
            return first.shop.answer(self.exercise, first.source, "real", first.folder, strict)[0]
        return first.answer

    def drive(self, shop, source, answer, folder, patience=warden.WALL_SECONDS):
        """zh: 真的运行时由这些函数带动：带不动就不算通过。answer 为空：运行时自己的函数。
        en: These functions drive the real runtime: where they don't it has not passed. answer None: the
        runtime's own functions."""
        try:
            program = self.linked(shop, "drive", answer, folder)
        except Refused as trouble:
            verdict = verdicts.not_driven(self.exercise.replaces, "ex_drive_unlinked", {})
            verdict.extra = verdicts.own_lines_first(trouble.values["said"], source or "")
            return verdict
        return verdicts.of_drive(warden.run([program], patience=patience), self.exercise.replaces, patience)

    def errands(self, shop, answer, folder, patience=warden.WALL_SECONDS):
        """zh: 活一件一件地来，叫醒了几次；没有跑完就是空。
        en: Jobs that come one at a time: how many wake-ups they take; None if they did not all run."""
        program = self.linked(shop, "errands", answer, folder)
        found = warden.run([program], patience=patience).of("errands")
        return found[0] if found else None

    def linked(self, shop, what, answer, folder):
        """zh: 带动运行时的一个程序，由这些函数带动。 en: A program that drives the runtime, driven by these functions."""
        os.makedirs(folder, exist_ok=True)
        program = os.path.join(folder, what)
        parts = shop.plan[what] + shop.runtime(self.exercise, "real")
        # zh: 参考的那一份不变，链接一次就够 en: the reference's does not change: linked once
        if answer or workshop.older(program, *parts):
            shop.link_drive(self.exercise, answer, program, what)
        return program

    def show(self, shop, result):
        """zh: 让学习者看见自己的东西动起来。 en: Lets the learner see it move."""
        if not self.exercise.drives:
            return
        theirs = self.drive(shop, None, None, shop.place(self.exercise, "runtime"))
        if not theirs.passed:
            raise workshop.Broken(f"{self.exercise.id}: the reference: {theirs.en}")
        [mine], [ours] = result.counts, theirs.counts
        print(show.wrap(text(
            "ex_drive", names=text("comma").join(self.exercise.replaces), mine=duration(mine["us"]),
            theirs=duration(ours["us"]), their_wakes=f"{ours['wakes']:,}",
            **{k: f"{mine[k]:,}" for k in ("goroutines", "steals", "wakes", "threads")},
        )))
        if self.exercise.errands:
            mine, ours = result.errands, self.errands(shop, None, shop.place(self.exercise, "runtime"))
            if ours is None:
                raise workshop.Broken(f"{self.exercise.id}: the reference: the errands do not end")
            print(show.wrap(text("ex_errands", jobs=mine["jobs"], mine=mine["wakes"], theirs=ours["wakes"])))

    def solution(self):
        """zh: 参考答案：解答的文件，或运行时里被替换的函数。
        en: The reference answer: the file of the solution, or the functions of the runtime."""
        if self.exercise.has("solution.cpp"):
            parts = [(self.exercise.path("solution.cpp"), None)]
        else:
            parts = [(source_of(name), name) for name in self.exercise.replaces]
        for path, name in parts:
            print(text("ex_solution_from", path=build.shown(path)) + "\n")
            print((function_text(path, name) if name else catalogue.read(path)).rstrip() + "\n")

    # --- zh: 自检 en: the exercises' own check

    def starter_earns(self):
        return self.exercise.starter

    def lacks(self):
        if not self.exercise.platforms:
            yield "has neither test.cpp nor check.cpp"
        if self.exercise.kind == "extend" and not self.exercise.has("solution.cpp"):
            yield "an extension needs solution.cpp"
        if self.exercise.has("solution.cpp") == self.exercise.has("right.cpp"):
            yield "has both solution.cpp and right.cpp, or neither: it needs one right answer"


def duration(us):
    return seconds(us / 1e6) if us >= 1e6 else text("milliseconds", n=f"{us / 1000:.0f}")


def function_text(path, name):
    """zh: 源码里的一个函数，连同它上面的注释。 en: A function of a source, with its comment."""
    source = catalogue.read(path)
    found = re.search(rf"(?:^//.*\n)*^(?!//)[\w:<>*&,\[\] ]*\b{name}\([^;]*?\) ?[^;{{}}]*\{{(?:.*\}}$|[^\0]*?^\}})", source, re.M)
    return found[0] if found else source


def source_of(function):
    for where, _, names in sorted(os.walk(os.path.join(job.ROOT, "runtime"))):
        for name in sorted(names):
            path = os.path.join(where, name)
            if name.endswith(".cpp") and re.search(
                rf"^[\w:<>*& ]+\b{function}\([^;]*?\{{", catalogue.read(path), re.M
            ):
                return path
    raise workshop.Broken(f"runtime/ does not define {function}")
