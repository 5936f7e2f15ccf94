# zh: 通过了测试、却带不动真的运行时的答案：不算通过，没有分，说的是知道的事。真的答案在 exercises/attacks/drive_*.cpp 里。
# en: Answers that pass the tests and do not drive the real runtime: they have not passed, earn nothing, and
#     are told what is known. Real ones are in exercises/attacks/drive_*.cpp.
import json
import os
import sys
import unittest

import support

sys.path.insert(0, os.path.join(support.ROOT, "learn.d"))
from exercises import verdict, warden  # noqa: E402

ALL = 1_048_575
RAN = [{"event": "ran", "n": n, "of": ALL} for n in (0, 16384, 32768)]
DRIVEN = {"event": "drive", "goroutines": ALL, "again": 0, "steals": 1, "wakes": 2, "threads": 3, "us": 4000}
FAR = "By then at least 32,768 of 1,048,575 goroutines had run."
# zh: 编译、链接都说办成了；测试的程序通过，兜风的程序是 OUTCOME；跑腿的叫醒几次，在 errands 里：自己的，运行时的
# en: compiling and linking say that they have succeeded; the tests' program passes, the drive's is OUTCOME; how many
#     wake-ups errands take is in errands: the answer's own, the runtime's
STUB = """
import json
from exercises import warden
made, errands = {outcome}, [200, 400]
Workbench.answer = lambda self, exercise, source, platform, *rest: ("mine.o", "")
Workbench.runtime = lambda self, exercise, platform: []
Workbench.link = lambda *_: None
Workbench.plan = {{"drive": [], "errands": []}}
def link_drive(self, *_):
    if made is None: raise workshop.Refused("ex_link_failed", said="undefined reference to there")
Workbench.link_drive = link_drive
def run(argv, **_):
    out = warden.Outcome()
    out.code = 0
    if argv[0].endswith("drive"):
        out.__dict__.update(made)
    elif argv[0].endswith("errands"):
        wakes = errands["runtime" in argv[0]]
        out.events = [] if wakes is None else [{{"event": "errands", "jobs": 200, "wakes": wakes}}]
    else:
        out.events = [{{"event": "end", "runs": 1, "cases": workshop.cases(found, os.path.basename(argv[0]))}}]
    return out
from exercises import catalogue
found = catalogue.find("3.2")
warden.run = run
"""


def outcome(code=0, events=(*RAN, DRIVEN), stopped=None, forged=False, output=""):
    made = warden.Outcome()
    made.code, made.events, made.stopped, made.forged, made.output = code, list(events), stopped, forged, output
    return made


class Sentences(unittest.TestCase):
    def said(self, zh, en, **options):
        found = verdict.of_drive(outcome(**options), ["runqput", "runqget"], 30)
        self.assertFalse(found.passed)
        self.assertEqual(found.en, "The tests have passed, but the real runtime is not driven by your runqput, runqget: " + en)
        self.assertEqual(found.zh, "测试都通过了，可是 runqput、runqget 带不动真的运行时：" + zh)

    def test_one_that_drives_it_has_passed(self):
        found = verdict.of_drive(outcome(), ["runqput"])
        self.assertTrue(found.passed)
        self.assertEqual(found.counts, [DRIVEN])

    def test_a_hang_names_the_bound_and_how_far_it_got(self):
        zh = "。到那时，1,048,575 个 goroutine 里至少跑过 32,768 个。"
        self.said("过了 30 秒还没有结束" + zh, "it had not ended after 30 s. " + FAR, code=-9, events=RAN, stopped="wall")
        for code in (-9, -24):
            self.said("CPU 时间用完了还没有结束" + zh, "its CPU time was up before it ended. " + FAR, code=code, events=RAN)
        self.said("用了太多内存" + zh, "it used too much memory. " + FAR, code=-9, events=RAN, stopped="memory")
        self.said("造了太多进程或线程" + zh, "it made too many processes or threads. " + FAR, code=-9, events=RAN, stopped="processes")
        self.said("输出得太多" + zh, "it wrote too much output. " + FAR, code=-9, events=RAN, stopped="output")

    def test_a_crash_names_the_signal(self):
        self.said("程序崩溃了（SIGSEGV）。", "the program crashed (SIGSEGV).", code=-11, events=())
        self.said("程序崩溃了（SIGABRT）。", "the program crashed (SIGABRT).", code=-6, events=())

    def test_a_fatal_error_is_told_in_its_words(self):
        for words in ("fatal error: casgstatus: double ready", "panic: lost"):
            for code in (2, -6):
                text = f"something\n{words}\n\ngoroutine 7 [running]:\n"
                self.said(f"程序以这句话结束：{words}。", f"the program ended with these words: {words}.", code=code, events=(), output=text)
        long = "fatal error: " + "x" * 1000
        found = verdict.of_drive(outcome(code=2, events=(), output=long), ["a"])
        self.assertIn(long[: verdict.LONGEST] + ".", found.en)

    def test_words_in_the_output_of_one_that_drove_it_do_no_harm(self):
        self.assertTrue(verdict.of_drive(outcome(output="fatal error: not at all\n"), ["a"]).passed)

    def test_leaving_before_the_end_is_told(self):
        self.said("还没有跑完就以 0 退出了。", "it exited with 0 before the end.", events=())
        self.said("还没有跑完就以 3 退出了。", "it exited with 3 before the end.", code=3, events=())

    def test_wrong_counts_are_told(self):
        events = (*RAN, DRIVEN | {"again": 7})
        self.said("每个 goroutine 该跑一次，却有 7 次是跑第二遍。", "each goroutine was to run once, and 7 times one ran again.", events=events)

    def test_a_forged_line_is_told(self):
        self.said("有别人往结论的通道里写了东西。", "something else wrote to the channel of the verdict.", forged=True)


class Judged(support.Case):
    CRASHED = {"code": -11, "events": RAN}
    WORDS = "The tests have passed, but the real runtime is not driven by your runqput, runqget: "

    def judged(self, *words, made, **options):
        self.copy.write("int a;\n", "answers", "ch3_runqueue", "2_ring.cpp")
        return self.learn(*words, before=STUB.format(outcome=repr(made)), **options)

    def solved(self):
        return json.loads(self.copy.read(".learn", "progress.json"))["exercises"]["3.2"]["solved"]

    def test_it_has_not_passed_and_is_not_recorded_as_solved(self):
        said = self.judged("ex", "3.2", made=self.CRASHED, code=1)
        self.assertIn("Not yet: " + self.WORDS + "the program crashed (SIGSEGV). " + FAR, said)
        self.assertNotIn("Passed", said)
        self.assertIsNone(self.solved())

    def test_what_does_not_link_is_told_with_the_linkers_words(self):
        said = self.judged("ex", "3.2", made=None, code=1)
        self.assertIn(self.WORDS + "it does not link with them. undefined reference to there", said)

    def test_one_that_drives_it_has_passed_and_the_counts_are_shown(self):
        said = self.judged("ex", "3.2", made={"code": 0, "events": [DRIVEN]}, code=0)
        self.assertIn("Passed. The 20 points of 3.2 are yours.", said)
        self.assertIn("Goroutines run: 1,048,575, threads: 3, steals: 1, wakes: 2, in 4 ms; by its own it takes 4 ms", said)
        self.assertTrue(self.solved())

    def test_grade_gives_no_points(self):
        script = "\ncatalogue.everything = lambda chapter=None: [found]"
        for made, earned in ((self.CRASHED, 0), (None, 0), ({"code": 0, "events": [DRIVEN]}, 20)):
            said = self.learn("grade", "--json", before=STUB.format(outcome=repr(made)) + script, code=0)
            said = json.loads(said[said.index("{") :])
            self.assertEqual((said["earned"], said["exercises"][0]["passed"]), (earned, bool(earned)))
        said = self.learn("grade", before=STUB.format(outcome=repr(self.CRASHED)) + script, code=0)
        self.assertIn("0/20", said)

    def test_the_check_wants_the_reference_to_drive_it(self):
        script = (
            "\nfrom exercises import grade, selfcheck\n"
            "item = grade.Item(found, found.right, 'reference')\n"
            "[result] = grade.judge_all(Workbench(), [item], 'x')\n"
            "print('FINDING', selfcheck.finding(item, True, result), flush=True)"
        )
        said = self.learn("help", before=STUB.format(outcome=repr(self.CRASHED)) + script, code=0)
        self.assertIn("FINDING must pass: " + self.WORDS + "the program crashed", said)
        said = self.learn("help", before=STUB.format(outcome=repr({"code": 0, "events": [DRIVEN]})) + script, code=0)
        self.assertIn("FINDING None", said)

    def test_the_check_tells_of_a_wrong_answer_that_only_the_drive_catches(self):
        script = (
            "\nfrom exercises import grade, selfcheck\n"
            "for label in ('wrong_a', 'attack_a'):\n"
            "    item = grade.Item(found, found.right, label)\n"
            "    [result] = grade.judge_all(Workbench(), [item], 'x')\n"
            "    print('FINDING', selfcheck.finding(item, 'crashed', result), flush=True)"
        )
        said = self.learn("help", before=STUB.format(outcome=repr(self.CRASHED)) + script, code=0)
        self.assertIn("FINDING passes its tests, which have a hole: " + self.WORDS, said)
        self.assertIn("FINDING None", said)

    def test_where_all_tests_are_the_checkers_the_answer_drives_it_too(self):
        script = STUB.format(outcome=repr({"code": 0, "events": [DRIVEN]})).replace('"3.2"', '"5.7"') + (
            "\nplatforms, linked = [], []\n"
            "Workbench.answer = lambda self, e, source, platform, *rest: platforms.append(platform) or (platform + '.o', '')\n"
            "Workbench.link_drive = lambda self, e, answer, program, what: linked.append((what, answer))\n"
            "from exercises import kinds\n"
            "result = kinds.of(found).judge(Workbench(), found.right, 'made')\n"
            "print('DROVE', result.passed, platforms, linked, flush=True)"
        )
        wanted = "DROVE True ['checked', 'real'] [('drive', 'real.o'), ('errands', 'real.o')]"
        self.assertIn(wanted, self.learn("help", before=script, code=0))

    def errands(self, wakes, code):
        self.copy.write("int a;\n", "answers", "ch5_spinning", "7_no_vain_wakes.cpp")
        script = STUB.format(outcome=repr({"code": 0, "events": [DRIVEN]})).replace('"3.2"', '"5.7"')
        return self.learn("ex", "5.7", before=f"{script}\nerrands[0] = {wakes}", code=code)

    def test_errands_show_the_wakes_beside_the_runtimes_own(self):
        said = self.errands(201, code=0)
        self.assertIn("by its own it takes 4 ms, with 2 wakes", said)
        self.assertIn("Then 200 jobs came one at a time: with yours an M was woken 201 times, with the runtime's own 400 times", said)

    def test_an_answer_that_does_not_run_its_errands_has_not_passed(self):
        said = self.errands(None, code=1)
        self.assertIn("Not yet: The real runtime was driven, but jobs that came one at a time were not all run", said)
        self.assertNotIn("Passed", said)

    def test_where_no_errands_are_asked_for_none_are_run(self):
        self.assertNotIn("one at a time", self.judged("ex", "3.2", made={"code": 0, "events": [DRIVEN]}, code=0))


if __name__ == "__main__":
    unittest.main()
