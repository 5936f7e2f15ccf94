# zh: 评习题的变异体（learn.d/exercises/mutation.py）：一个程序怎样才算通过，结果怎样变成要改的地方。
# en: Judging the exercises' mutants (learn.d/exercises/mutation.py): when a program has passed, and how results
#     become places to mend.
import os
import sys
import tempfile
import types
import unittest
from unittest import mock

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "learn.d"))
from exercises import mutation  # noqa: E402

# zh: 一个测试程序的样子；每个编号一种下场 en: what a test program looks like; an end for each number
PROGRAM = """#!/bin/sh
case_() { echo '{"event": "case", "name": "the ring"}'; }
end() { echo '{"event": "end"}'; }
case "$NEWPROC_MUTANT $1" in
"0 1") case_ ; echo 'not an event'; end >&2 ;;
"1 1") case_ ; printf '%s\\n' '{"event": "failure", "zh": "丢了", "en": "a G is lost\\nand more"}'; exit 1 ;;
"2 1") case_ ; exit 3 ;;
"3 1") case_ ;;
"4 1") case_ ; end; end ;;
"5 1") case_ ; end; exit 3 ;;
"6 1") while :; do sleep 1; done ;;
"7 1") while :; do :; done ;;
"8 1") end; kill -SEGV $$ ;;
esac >&2
"""


class Run(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.program = os.path.join(folder.name, "program")
        with open(self.program, "w", encoding="utf-8") as file:
            file.write(PROGRAM)
        os.chmod(self.program, 0o755)
        self.trial = mutation.Trial.__new__(mutation.Trial)
        self.trial.programs, self.trial.took = [self.program], {self.program: 0}

    def run_(self, number):
        return self.trial.run(self.program, number)

    def test_it_passes_by_one_end_and_exit_code_0_alone(self):
        self.assertEqual(self.run_(0), "")
        self.assertEqual(self.run_(1), "the ring: a G is lost")
        self.assertEqual(self.run_(2), "the ring: ends with 3")
        self.assertEqual(self.run_(3), "the ring: ends with 0")
        self.assertEqual(self.run_(4), "the ring: ends with 0")
        self.assertEqual(self.run_(5), "the ring: ends with 3")
        self.assertTrue(self.run_(8).startswith("-: ends with -"))

    def test_what_stands_still_or_loops_is_stopped(self):
        with mock.patch.multiple(mutation, WALL_SECONDS=1):
            self.assertEqual(self.run_(6), "does not end")
        with mock.patch.multiple(mutation, CPU_SECONDS=1, WALL_SECONDS=1000):
            self.assertTrue(self.run_(7).startswith("-: ends with -"))

    def test_a_case_is_killed_by_whom_it_fails(self):
        for number, end, by in ((0, "survives", ""), (1, "killed", "program: the ring: a G is lost")):
            case = types.SimpleNamespace(number=number, end="", by="")
            self.trial.judge(case)
            self.assertEqual((case.end, case.by), (end, by))


class Score(unittest.TestCase):
    def test_what_needs_mending(self):
        ends = {
            "a": ("survives", ""), "b": ("survives", ""), "c": ("killed", "real: x"), "d": ("killed", "real: y"),
            "e": ("does not compile", ""),
        }
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "survivors.txt"), "w", encoding="utf-8") as file:
                file.write("b\nd\ngone\nwhy: 一样 / the same\ne\nwhy: one language\n")
            score = mutation.Score(types.SimpleNamespace(id="3.2", path=lambda name: os.path.join(folder, name)), ends)
        self.assertEqual((score.mutants, score.killed, score.survive), (4, 2, 2))
        self.assertEqual([*score.findings()], [
            "3.2: a mutant survives: a",
            "3.2: survivors.txt names one that is killed: d (real: y)",
            "3.2: survivors.txt names one that is not there: gone",
            "3.2: survivors.txt names one that is not there: e",
            "3.2: survivors.txt: the reason must be Chinese / English: one language",
        ])


if __name__ == "__main__":
    unittest.main()
