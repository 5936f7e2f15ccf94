# zh: 答案住在 answers/ 里：不管 git、更新、重来怎样，学习者写的都不会丢。
# en: Answers live in answers/: whatever git, an update or a reset does, nothing a learner wrote is lost.
import glob
import json
import os
import re
import unittest

import support

START = ("exercises", "ch1_entry", "1_who_speaks", "exercise.txt")
MINE = ("answers", "ch1_entry", "1_who_speaks.txt")
CODE = ("answers", "ch3_runqueue", "2_ring.cpp")
WRITTEN = "first = a\nsecond = b\nthird = c\n"


class Answers(support.Case):
    def record(self, number="1.1"):
        return json.loads(self.copy.read(".learn", "progress.json"))["exercises"][number]

    def old_checkout(self, kept=None):
        """zh: 从前的版本留下的：试过一次，没有散列。 en: As an earlier version left it: tried once, no hash."""
        progress = {"checkpoints": {}, "exercises": {"1.1": {"attempts": 1, "solved": None}}}
        self.copy.write(json.dumps(progress), ".learn", "progress.json")
        if kept is not None:
            self.copy.write(kept, ".learn", "starters", "1.1.txt")

    def backups(self):
        return glob.glob(self.copy.path(".learn", "backups", "*"))

    def test_the_first_look_puts_the_starter_there_and_says_where(self):
        self.assertIn("The starter is in " + "/".join(MINE), self.learn("ex", "1.1", code=1))
        self.assertEqual(self.copy.read(*MINE), self.copy.read(*START))
        self.assertNotIn("The starter is in", self.learn("ex", "1.1", code=1))
        self.assertIn("/".join(CODE), self.learn("ex", "3.2", code=1))
        self.assertTrue(self.copy.read(*CODE))

    def test_what_is_judged_is_the_answer_and_never_the_starter(self):
        self.learn("ex", "3.2")
        self.copy.write("int a;\n", *CODE)
        self.assertIn("reached the compiler: ", said := self.learn("ex", "3.2", code=1))
        self.assertIn("2_ring.cpp", said)
        self.copy.write(b"\0", *CODE)
        self.assertIn("/".join(CODE) + " is not UTF-8 text", self.learn("ex", "3.2", code=1))

    def test_git_sees_nothing_of_the_answers(self):
        self.copy.commit()
        self.learn("ex", "1.1")
        self.copy.write(WRITTEN, *MINE)
        self.learn("reset", "1.1", stdin="y\n", code=0)
        self.assertEqual(self.copy.git("status", "--porcelain"), "")

    def test_reset_asks_keeps_a_backup_and_puts_the_starter_there(self):
        self.learn("ex", "1.1")
        self.copy.write(WRITTEN, *MINE)
        self.learn("reset", "1.1", stdin="n\n", code=1)
        self.assertEqual(self.copy.read(*MINE), WRITTEN.encode())
        self.learn("reset", "1.1", stdin="y\n", code=0)
        self.assertEqual(self.copy.read(*MINE), self.copy.read(*START))
        self.assertEqual([self.copy.read(path) for path in self.backups()], [WRITTEN.encode()])
        self.assertIn("at its start already", self.learn("reset", "1.1", code=0))

    def test_two_resets_within_a_second_keep_both_texts(self):
        frozen = "import time; time.strftime = lambda *_: 'now'"
        for words in ("one", "two"):
            self.learn("reset", "1.1")
            self.copy.write(words, *MINE)
            self.learn("reset", "1.1", stdin="y\n", before=frozen, code=0)
        found = [self.copy.read(path) for path in self.backups()]
        self.assertEqual(sorted(found), [b"one", b"two"])

    def test_reset_works_without_git_with_another_git_dir_and_where_git_refuses(self):
        self.copy.write("#!/bin/sh\nexit 128\n", "bin", "git")
        os.chmod(self.copy.path("bin", "git"), 0o755)
        refuses = {"PATH": self.copy.path("bin") + ":" + os.environ["PATH"]}
        for environment in ({}, {"GIT_DIR": "/nowhere"}, {"GIT_WORK_TREE": "/"}, refuses):
            for wrote_first in (False, True):
                with self.subTest(environment=environment, wrote_first=wrote_first):
                    if wrote_first:
                        self.copy.write(WRITTEN, *MINE)
                    self.learn("ex", "1.1", **environment)
                    self.copy.write(WRITTEN, *MINE)
                    self.learn("reset", "1.1", stdin="y\n", code=0, **environment)
                    self.assertEqual(self.copy.read(*MINE), self.copy.read(*START))
            if not os.path.exists(self.copy.path(".git")):
                self.copy.commit()

    def test_a_new_starter_is_told_and_what_was_written_stays(self):
        self.learn("ex", "1.1")
        self.copy.write(WRITTEN, *MINE)
        new = self.copy.read(*START) + b"fourth =\n"
        self.copy.write(new, *START)
        self.assertIn("has a new starter. What you wrote", self.learn("ex", "1.1"))
        self.assertEqual(self.copy.read(*MINE), WRITTEN.encode())
        self.learn("reset", "1.1", stdin="y\n", code=0)
        self.assertEqual(self.copy.read(*MINE), new)
        self.assertNotIn("new starter", self.learn("ex", "1.1"))

    def test_a_new_starter_takes_the_place_of_one_that_nobody_changed(self):
        self.learn("ex", "1.1")
        new = self.copy.read(*START) + b"fourth =\n"
        self.copy.write(new, *START)
        self.assertIn("You had not changed", self.learn("ex", "1.1"))
        self.assertEqual(self.copy.read(*MINE), new)

    def test_an_answer_in_the_old_place_is_taken_over_once_and_git_is_clean_again(self):
        self.copy.commit()
        start = self.copy.read(*START)
        self.old_checkout()
        self.copy.write(WRITTEN, *START)
        # zh: 环境里的 GIT_DIR 说的是别的仓库 en: GIT_DIR in the environment is another repository's
        said = self.learn("ex", "1.1", GIT_DIR="/nowhere", code=1)
        self.assertIn("Answers now live in answers/", said)
        self.assertEqual(self.copy.read(*MINE), WRITTEN.encode())
        self.assertEqual(self.copy.read(*START), start)
        self.assertEqual(self.copy.git("status", "--porcelain"), "")
        self.assertNotIn("Answers now live", self.learn("ex", "1.1", code=1))
        self.learn("reset", "1.1", stdin="y\n", code=0)
        self.assertEqual(self.copy.read(*MINE), start)

    def test_without_git_the_starter_that_was_kept_is_put_back(self):
        start = self.copy.read(*START)
        self.old_checkout(kept=start)
        self.copy.write(WRITTEN, *START)
        self.learn("reset", "1.1", stdin="n\n", code=1)
        self.assertEqual(self.copy.read(*MINE), WRITTEN.encode())
        self.assertEqual(self.copy.read(*START), start)

    def test_an_answer_that_is_there_is_never_overwritten_by_the_old_place(self):
        self.copy.commit()
        self.old_checkout()
        self.copy.write("first = old place\n", *START)
        self.copy.write(WRITTEN, *MINE)
        self.learn("ex", "1.1", code=1)
        self.assertEqual(self.copy.read(*MINE), WRITTEN.encode())
        self.assertEqual(self.copy.read(*START), b"first = old place\n")

    def test_an_authors_starter_is_left_alone_and_the_difference_is_told(self):
        self.copy.commit()
        self.copy.write(WRITTEN, *START)
        self.assertIn("is not as git has it", self.learn("ex", "1.1", code=1))
        self.assertEqual(self.copy.read(*START), WRITTEN.encode())
        self.assertEqual(self.copy.read(*MINE), WRITTEN.encode())

    def test_a_folder_or_a_dangling_link_in_the_answers_place_is_told_and_reset_moves_it(self):
        def folder(path):
            os.makedirs(os.path.join(path, "inside"))

        def link(path):
            os.symlink("/nowhere/at/all", path)

        for make, words in ((folder, "is a folder"), (link, "/nowhere/at/all")):
            with self.subTest(words):
                os.makedirs(os.path.dirname(self.copy.path(*MINE)), exist_ok=True)
                if os.path.lexists(self.copy.path(*MINE)):
                    os.remove(self.copy.path(*MINE))
                make(self.copy.path(*MINE))
                self.assertIn(words, self.learn("ex", "1.1", code=1))
                self.learn("reset", "1.1", stdin="y\n", code=0)
                self.assertEqual(self.copy.read(*MINE), self.copy.read(*START))
        kinds = [(os.path.isdir(path), os.path.islink(path)) for path in self.backups()]
        self.assertEqual(sorted(kinds), [(False, True), (True, False)])

    def test_a_link_to_a_file_elsewhere_is_an_answer_and_reset_leaves_that_file_alone(self):
        self.copy.write(WRITTEN, "elsewhere.txt")
        os.makedirs(os.path.dirname(self.copy.path(*MINE)))
        os.symlink(self.copy.path("elsewhere.txt"), self.copy.path(*MINE))
        self.assertIn("first, second, third", self.learn("ex", "1.1", code=1))
        self.learn("reset", "1.1", stdin="y\n", code=0)
        self.assertEqual(self.copy.read("elsewhere.txt"), WRITTEN.encode())

    def test_an_empty_answer_is_told(self):
        self.copy.write("  \n", *MINE)
        self.assertIn("/".join(MINE) + " is empty", self.learn("ex", "1.1", code=1))

    def test_a_file_where_the_folder_should_be_is_told(self):
        self.copy.write("", "answers")
        self.assertIn("answers is in the way", self.learn("ex", "1.1", code=1))

    def test_what_cannot_be_written_is_told_and_nothing_is_lost(self):
        self.copy.write(WRITTEN, *MINE)
        for error, words in (("ENOSPC", "The disk is full"), ("EACCES", "can't be written")):
            full = (
                "import errno, os\n"
                "def refuse(path, data): raise OSError(errno.%s, 'no', path)\n"
                "starters.put = refuse" % error
            )
            self.assertIn(words, self.learn("ex", "3.2", before=full, code=1))
            self.assertIn(words, self.learn("reset", "1.1", stdin="y\n", before=full, code=1))
            self.assertEqual(self.copy.read(*MINE), WRITTEN.encode())

    def test_a_write_that_fails_halfway_leaves_the_old_text_and_nothing_beside_it(self):
        self.copy.write(WRITTEN, *MINE)
        script = (
            "import os, sys\n"
            "def refuse(*_): raise OSError(28, 'full')\n"
            "os.replace = refuse\n"
            "try: starters.put(sys.argv[1], b'x')\n"
            "except OSError: sys.exit(7)\n"
        )
        self.learn(self.copy.path(*MINE), before=script, code=7)
        self.assertEqual(self.copy.read(*MINE), WRITTEN.encode())
        self.assertEqual(os.listdir(os.path.dirname(self.copy.path(*MINE))), ["1_who_speaks.txt"])

    def test_grade_judges_answers_and_where_there_is_none_the_starter(self):
        self.copy.write(WRITTEN, *MINE)
        said = self.learn("grade", "--json", code=0)
        rows = json.loads(said[said.index("{") :])["exercises"]
        said = {row["id"]: row["message"] for row in rows}
        self.assertTrue(said["1.1"].startswith("Not right: first, second, third"), said["1.1"])
        self.assertTrue(said["2.1"].startswith("Not filled in yet"), said["2.1"])
        self.assertFalse(os.path.exists(self.copy.path("answers", "ch2_goroutine")))


class Task(support.Case):
    """zh: 题目的全文：起点没有动过才给，另有 --task。
    en: The whole task: while the starter is untouched, and with --task."""

    FOLDER = START[:-1]

    def told(self, *words, language="en", **options):
        """zh: （有没有全文，有没有那一行标题）。 en: (was the whole task told, was the line with its title)."""
        title, _, body = self.copy.read(*self.FOLDER, f"task.{language}.md").decode().partition("\n")
        said = self.learn(*words, language=language, **options)
        line = f"{title.lstrip('# ')}{'. Its text: ' if language == 'en' else '。题目：'}./learn ex 1.1 --task"
        return body.strip()[:12] in said, line in said

    def test_it_is_told_until_the_starter_is_touched_and_then_its_title(self):
        self.assertEqual(self.told("ex", "1.1", code=1), (True, False))
        self.assertEqual(self.told("ex", "1.1", code=1), (True, False))
        self.copy.write(WRITTEN, *MINE)
        for language in ("en", "zh", "en"):
            self.assertEqual(self.told("ex", "1.1", language=language, code=1), (False, True))
        self.learn("reset", "1.1", stdin="y\n", code=0)
        self.assertEqual(self.told("ex", "1.1", code=1), (True, False))

    def test_asked_for_it_is_told_and_nothing_is_judged_or_recorded(self):
        self.copy.write(WRITTEN, *MINE)
        self.assertEqual(self.told("ex", "1.1", "--task", code=0), (True, False))
        self.assertNotIn("Not yet", self.learn("ex", "1.1", "--task", code=0))
        self.assertFalse(os.path.exists(self.copy.path(".learn", "progress.json")))


class Hints(support.Case):
    def test_hints_read_after_solving_are_not_counted(self):
        self.learn("hint", "1.1", code=0)
        progress = json.loads(self.copy.read(".learn", "progress.json"))
        progress["exercises"]["1.1"]["solved"] = "2026-01-01"
        self.copy.write(json.dumps(progress), ".learn", "progress.json")
        said = self.learn("hint", "1.1", code=0)
        self.assertIn("Hint 3 of 3", said)
        self.learn("hint", "1.1", code=0)
        after = json.loads(self.copy.read(".learn", "progress.json"))
        self.assertEqual(after["exercises"]["1.1"]["hints"], 1)
        self.assertIn("solved, 1 hint", self.learn("ex", code=0))

    def test_hints_cost_no_points_before_or_after_solving(self):
        progress = {"checkpoints": {}, "exercises": {"1.1": {"attempts": 1, "solved": "2026-01-01", "hints": 0}}}

        def points():
            return re.search(r"Solved 1 of \d+, (-?\d+) of", self.learn("ex", code=0))[1]

        for hints in (0, 3):
            progress["exercises"]["1.1"]["hints"] = hints
            self.copy.write(json.dumps(progress), ".learn", "progress.json")
            self.assertEqual(points(), "10")
            for _ in range(4):
                self.learn("hint", "1.1", code=0)
            self.assertEqual(points(), "10")


if __name__ == "__main__":
    unittest.main()
