# zh: 裁判的裁判：名字、原因、数目、停住的测试。
# en: The judge's judge: names, reasons, numbers, a test that hangs.
import collections
import os
import stat
import tempfile
import time
import types
import unittest

import judge


def case(name, end, by="", path="runtime/ch3_runqueue/ring.cpp", function="runqput"):
    return types.SimpleNamespace(name=name, end=end, by=by, path=path, mutation=types.SimpleNamespace(function=function))


class Judge(unittest.TestCase):
    def test_names_tell_mistakes_apart_without_line_numbers(self):
        found = judge.cases("")
        self.assertGreater(len(found), 500)
        self.assertEqual(len({c.name for c in found}), len(found))
        self.assertEqual({c.path.split("/")[1] for c in found}, set(judge.CHAPTERS))
        self.assertNotIn("weaken", {c.mutation.kind for c in found})

    def test_numbers_and_reasons_are_those_of_this_source(self):
        found = judge.cases("")
        mistakes = collections.Counter((os.path.relpath(c.path, "runtime"), c.mutation.function) for c in found)
        self.assertEqual({place: row[0] for place, row in judge.noted().items()}, mistakes)
        for place, (all_of_them, *ends) in judge.noted().items():
            self.assertEqual(sum(ends), all_of_them, place)
        self.assertEqual(judge.reasons().keys() - {c.name for c in found}, set())
        self.assertEqual(sum(row[4] for row in judge.noted().values()), len(judge.reasons()))

    def test_each_reason_has_both_languages(self):
        for name, why in judge.reasons().items():
            chinese, slash, english = why.partition(" / ")
            self.assertTrue(slash and any("\u4e00" <= c <= "\u9fff" for c in chinese), name)
            self.assertFalse(any("\u4e00" <= c <= "\u9fff" for c in english), name)

    def test_what_is_wrong_is_told(self):
        chosen = [case("a", "survives"), case("b", "killed", "test: x"), case("c", "survives"), case("d", "killed")]
        known = {"b": "", "c": "", "e": ""}
        told = ["survives: a", "killed, though survivors.txt names it: b", "survivors.txt names what is gone: e"]
        self.assertEqual([*judge.wrong(chosen, known, True)], told)
        self.assertEqual([*judge.wrong(chosen, known, False)], told[:2])

    def test_who_killed_is_counted_by_function(self):
        chosen = [
            case("a", "survives"), case("b", "killed", "test: x"), case("c", "killed", "checker: y: z"),
            case("d", "does not compile"), case("e", "survives"), case("f", "killed", "test: x", function="runqget"),
        ]
        self.assertEqual(judge.counted(chosen, {"a": ""}), {
            ("ch3_runqueue/ring.cpp", "runqput"): [5, 1, 1, 1, 1], ("ch3_runqueue/ring.cpp", "runqget"): [1, 0, 0, 1, 0],
        })

    def test_a_sample_is_from_few_files_and_always_the_same(self):
        found = judge.cases("")
        chosen = judge.sample(found, 40)
        self.assertEqual(len(chosen), 40)
        self.assertEqual([c.name for c in chosen], [c.name for c in judge.sample(found, 40)])
        self.assertLess(len({c.path for c in chosen}), 6)
        self.assertEqual(judge.sample(found[:3], 40), found[:3])

    def test_a_test_that_hangs_has_failed_and_leaves_nobody_behind(self):
        with tempfile.TemporaryDirectory() as folder:
            program, child = os.path.join(folder, "program"), os.path.join(folder, "child")
            with open(program, "w", encoding="utf-8") as file:
                file.write(f"""#!/bin/sh
case "$NEWPROC_MUTANT" in 1) sleep 1000 & echo $! > {child}; wait ;; 2) exit 3 ;; esac
""")
            os.chmod(program, stat.S_IRWXU)
            tests = judge.Tests.__new__(judge.Tests)
            tests.program = program
            self.assertFalse(tests.fails("x", 0, {}, 0))
            self.assertEqual(tests.fails("x", 2, {}, 0), "test: x")
            tests.patience = 1
            self.assertEqual(tests.fails("x", 1, {}, 0), "test: x")
            with open(child, encoding="utf-8") as file:
                gone = int(file.read())
            until = time.monotonic() + 10
            while alive(gone) and time.monotonic() < until:
                pass
            self.assertFalse(alive(gone))


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


if __name__ == "__main__":
    unittest.main()
