# zh: 错答案：列得出，整份写得出；写得不对的，说出是哪个文件、怎样不对。
# en: Wrong answers: they are listed and written out; for one that is not in form the file is told, and what
#     is wrong with it.
import glob
import os
import unittest

import support

RING = ("exercises", "ch3_runqueue", "2_ring")
MINE = (*RING, "wrong", "head_is_mine.patch")
NAMES = """
from exercises import catalogue, wrong
for exercise in catalogue.everything():
    right = catalogue.read(exercise.right) if exercise.ending == ".cpp" else ""
    for answer in wrong.of(exercise):
        fine = answer.zh and answer.en and answer.earns and answer.text != right
        if answer.ending == ".patch":
            fine = fine and answer.text.startswith("// zh: ") and "\\n@@" not in answer.text
            fine = fine and "A right answer" not in answer.text and answer.text.endswith("}  // namespace newproc::rt\\n")
        print("NAME" if fine else "ODD", exercise.id, answer.name, flush=True)
"""
FOUND = """
from exercises import catalogue, selfcheck
findings = []
selfcheck.wrong_answers(catalogue.find("3.2"), findings)
print(*findings, "END", sep="\\n", flush=True)
"""


class Shown(support.Case):
    def test_each_can_be_written_out(self):
        said = self.learn("help", before=NAMES, code=0)
        self.assertNotIn("ODD", said)
        self.assertGreater(said.count("NAME"), 200)

    def test_the_list_tells_what_is_wrong_with_each_in_ones_own_language(self):
        said = self.learn("ex", "--wrong", "3.2", code=0)
        self.assertIn("head_is_mine Believes that the head is the owner's", said)
        self.assertIn("14 wrong answers are kept for 3.2", said)
        said = self.learn("ex", "--wrong", "3.2", language="zh", code=0)
        self.assertIn("head_is_mine 以为队头归主人", said)
        self.assertNotIn("Believes", said)

    def test_one_is_written_as_a_whole_with_its_own_heading(self):
        _, said = self.copy.run("ex", "--wrong", "3.2", "head_is_mine")
        right = self.copy.read(*RING, "right.cpp").decode()
        start, body = said[: said.index("#include")], said[said.index("#include") :]
        self.assertIn("// zh: 以为队头归主人", start)
        self.assertIn("// en: Believes that the head is the owner's", start)
        self.assertTrue(start.endswith("// earns: G run twice\n"), start)
        self.assertLessEqual(max(map(len, start.split("\n"))), 100)
        added = set(body.split("\n")) - set(right.split("\n"))
        self.assertEqual(sorted(line.strip() for line in added), [
            "p->runqhead.store(head + 1, order::release);", "return {g, false};",
        ])

    def test_another_algorithm_and_a_prediction_are_shown_as_they_are(self):
        for number, name, path in (
            ("3.6", "shuffles_an_array", "ch3_runqueue/6_steal_order/wrong/shuffles_an_array.cpp"),
            ("5.1", "one_turn", "ch5_spinning/1_starvation/wrong/one_turn.txt"),
        ):
            found, said = self.copy.run("ex", "--wrong", number, name)
            self.assertEqual((found, said), (0, self.copy.read("exercises", path).decode()))
        self.assertIn("one_turn yield does not let just one pass", self.learn("ex", "--wrong", "5.1", code=0))

    def test_an_unknown_name_is_told_with_those_that_there_are(self):
        said = self.learn("ex", "--wrong", "3.2", "head_is_yours", code=2)
        self.assertIn("3.2 has no wrong answer head_is_yours. There are: compares_with_less, empty_when_late,", said)
        self.assertIn("3.2 没有叫 head_is_yours 的错答案", self.learn("ex", "--wrong", "3.2", "head_is_yours", language="zh", code=2))
        self.assertIn("There is no exercise 9.9", self.learn("ex", "--wrong", "9.9", code=2))

    def test_nothing_is_recorded_and_no_answer_is_begun(self):
        self.learn("ex", "--wrong", "3.2", "head_is_mine", code=0)
        self.assertFalse(os.path.exists(self.copy.path("answers")))
        self.assertFalse(os.path.exists(self.copy.path(".learn", "progress.json")))


class Malformed(support.Case):
    def wrong(self, words, *path):
        """zh: 列的时候、自检的时候都说出这个文件。 en: It is told with the file in the list and by the check."""
        said = self.learn("ex", "--wrong", "3.2", before=FOUND, code=1)
        check, listing = said.split("END")
        for part in (check, listing):
            self.assertIn("/".join(path or MINE), part)
            self.assertIn(words, part)

    def changed(self, old, new, *path):
        text = self.copy.read(*(path or MINE)).decode()
        self.assertIn(old, text)
        self.copy.write(text.replace(old, new), *(path or MINE))

    def test_one_that_the_right_answer_has_left_behind(self):
        self.changed("head + 1, order::release", "head + 1, order::acq_rel", *RING, "right.cpp")
        self.wrong("right.cpp: the context occurs 0 times")

    def test_one_whose_place_is_not_the_only_one(self):
        self.changed("p->runqhead.load", "p->runqtail.load")
        hunk = self.copy.read(*MINE).decode().split("\n\n")[0]
        self.copy.write(f"{hunk}\n\n--- a/{'/'.join(RING)}/right.cpp\n@@ -1 +1 @@\n   for (;;) {{\n+    continue;\n", *MINE)
        self.wrong("the context occurs 2 times")

    def test_one_without_a_field(self):
        for key in ("zh", "en", "earns"):
            with self.subTest(key):
                text = self.copy.read(*MINE)
                self.changed(f"{key}: ", "note: ")
                self.wrong(f"lacks {key}")
                self.copy.write(text, *MINE)

    def test_one_whose_sentence_is_wrapped(self):
        self.changed("it writes back", "it writes\n    back")
        self.wrong("has a line that is no field")

    def test_one_that_changes_another_file_or_none(self):
        head, start = self.copy.read(*MINE).decode().split("---")[0], "/".join((*RING, "exercise.cpp"))
        for hunks, words in (
            ("", "changes nothing"), ("--- a/gone.cpp\n@@ -1 +1 @@\n-int a;\n", "there is no gone.cpp"),
            (f"--- a/{start}\n@@ -1 +1 @@\n-  return {{}};\n", "must change exercises/ch3_runqueue/2_ring/right.cpp and nothing else"),
        ):
            with self.subTest(words):
                self.copy.write(head + hunks, *MINE)
                self.wrong(words)

    def test_line_ends_of_another_system_are_no_mistake(self):
        _, before = self.copy.run("ex", "--wrong", "3.2", "head_is_mine")
        for path in (MINE, (*RING, "right.cpp")):
            self.copy.write(self.copy.read(*path).replace(b"\n", b"\r\n"), *path)
            self.assertEqual(self.copy.run("ex", "--wrong", "3.2", "head_is_mine"), (0, before))

    def test_a_whole_one_without_its_heading(self):
        whole = (*RING, "wrong", "head_is_mine.cpp")
        os.remove(self.copy.path(*MINE))
        for text in ("int a;\n", "// zh: 错 en: wrong\nint a;\n", "// zh: 错\n// earns: a\nint a;\n"):
            with self.subTest(text):
                self.copy.write(text, *whole)
                self.wrong("needs a comment with zh:, en: and earns: at its top", *whole)

    def test_the_check_tells_two_of_one_name_and_comments_that_are_not_twins(self):
        self.copy.write("// zh: 错 en: wrong\n// earns: a\nint a;  // zh: 甲\n", *RING, "wrong", "head_is_mine.cpp")
        said = self.learn("help", before=FOUND, code=0)
        self.assertIn("3.2: two wrong answers are called head_is_mine", said)
        self.assertIn("3.2 wrong_head_is_mine: line 3 of the whole: zh: 1, en: 0", said)

    def test_the_check_tells_too_few(self):
        for path in glob.glob(self.copy.path(*RING, "wrong", "*"))[2:]:
            os.remove(path)
        self.assertIn("3.2: has 2 wrong answers, 3 are needed", self.learn("help", before=FOUND, code=0))

    def test_the_check_wants_one_right_answer(self):
        script = (
            "from exercises import catalogue, kinds\n"
            "print('LACKS', *kinds.of(catalogue.find('3.2')).lacks(), flush=True)"
        )
        self.assertNotIn("right answer", self.learn("help", before=script, code=0))
        self.copy.write(self.copy.read(*RING, "right.cpp"), *RING, "solution.cpp")
        self.assertIn("has both solution.cpp and right.cpp, or neither", self.learn("help", before=script, code=0))
        for name in ("right.cpp", "solution.cpp"):
            os.remove(self.copy.path(*RING, name))
        self.assertIn("has both solution.cpp and right.cpp, or neither", self.learn("help", before=script, code=0))


if __name__ == "__main__":
    unittest.main()
