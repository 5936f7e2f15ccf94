# zh: 学习者给的、留下的随便什么，都不会变成 Traceback：每种都是一句话，说出是哪个文件。
# en: Whatever a learner gives or leaves behind, nothing becomes a traceback: each is a sentence that
#     names the file.
import json
import os
import unittest

import support

PREDICTION = ("answers", "ch1_entry", "1_who_speaks.txt")
CODE = ("answers", "ch3_runqueue", "2_ring.cpp")
WORDS = "// 环：先写槽，再移队尾\nint a;\n"
ODD = {
    "gbk": (WORDS.encode("gbk"), "seems to be GBK"),
    "utf-16": (WORDS.encode("utf-16"), "seems to be UTF-16"),
    "utf-16 without a mark": ("first = a\nsecond = b\n".encode("utf-16-le"), "seems to be UTF-16"),
    "utf-32": (WORDS.encode("utf-32"), "seems to be UTF-32"),
    "nul": (b"int a;\0\n", "looks like a binary file"),
    "half a character": (WORDS.encode()[:4], "is not"),
    "machine code": (bytes(range(256)) * 9, "looks like a binary file"),
    "nothing": (b"", "is empty"),
}


class Answers(support.Case):
    def test_an_answer_in_another_encoding_is_told_by_name(self):
        for name, (data, words) in ODD.items():
            for number, path in (("1.1", PREDICTION), ("3.2", CODE)):
                with self.subTest(name=name, number=number):
                    self.copy.write(data, *path)
                    said = self.learn("ex", number, code=1)
                    self.assertIn("/".join(path), said)
                    self.assertIn(words, said)

    def test_each_sentence_has_its_chinese(self):
        self.copy.write(WORDS.encode("gbk"), *CODE)
        said = self.learn("ex", "3.2", language="zh", code=1)
        self.assertIn("不是 UTF-8，看上去是 GBK", said)

    def test_a_mark_at_the_beginning_and_windows_line_ends_do_no_harm(self):
        self.copy.write(b"\xef\xbb\xbffirst = a\r\nsecond = b\r\nthird = c\r\n", *PREDICTION)
        self.assertIn("Not right: first, second, third", self.learn("ex", "1.1", code=1))
        self.copy.write(b"\xef\xbb\xbfint a;\r\n", *CODE)
        self.assertIn("reached the compiler", self.learn("ex", "3.2", code=1))

    def test_grade_goes_on_with_the_others(self):
        self.copy.write(WORDS.encode("gbk"), *PREDICTION)
        os.makedirs(self.copy.path(*CODE))
        said = self.learn("grade", "--json", code=0)
        rows = {row["id"]: row["message"] for row in json.loads(said[said.index("{") :])["exercises"]}
        self.assertIn("seems to be GBK", rows["1.1"])
        self.assertIn("is a folder", rows["3.2"])
        self.assertIn("Not filled in yet", rows["2.1"])
        table = self.learn("grade", code=0)
        self.assertIn("seems to be GBK", table)
        self.assertNotIn("Not filled in yet", table)

    def test_watch_goes_on_when_the_file_is_saved_anew(self):
        # zh: 每次等保存的时候换上下一份；最后一份之后停 en: with each wait the next is put there; then it ends
        script = (
            "import time\n"
            "path, left = %r, [b'\\xff\\xfe', b'\\0', b'first = a\\n']\n"
            "def saved(_):\n"
            "    if not left: raise signals.Stop(2)\n"
            "    with open(path + '.x', 'wb') as file: file.write(left.pop(0))\n"
            "    import os; os.replace(path + '.x', path)\n"
            "session.time.sleep = saved\n"
        ) % self.copy.path(*PREDICTION)
        said = self.learn("watch", before=script, code=130)
        places = [said.index(words) for words in ("seems to be UTF-16", "a binary file", "Not right: first")]
        self.assertEqual(places, sorted(places))

    def test_a_pipe_in_the_answers_place_does_not_block(self):
        os.makedirs(os.path.dirname(self.copy.path(*PREDICTION)))
        os.mkfifo(self.copy.path(*PREDICTION))
        self.assertIn("not a regular file", self.learn("ex", "1.1", code=1))

    def test_an_answer_without_permission_is_told(self):
        # zh: root 什么都能读，所以装作不能 en: root may read everything, so it is made believe
        refuse = (
            "import builtins\n"
            "def refuse(path, *rest):\n"
            "    if 'answers/' in path: raise PermissionError(13, 'no', path)\n"
            "    return builtins.open(path, *rest)\n"
            "reading.open = refuse"
        )
        self.copy.write("first = a\n", *PREDICTION)
        self.assertIn("No permission to read answers/", self.learn("ex", "1.1", before=refuse, code=1))


class State(support.Case):
    BROKEN = (
        b"", b"{", b"[]", b"\xff\xfe{", b"\0", b"[" * 100_000, b'{"checkpoints": 3}', b"null",
        b'{"checkpoints": {}, "exercises": []}',
    )

    def test_a_damaged_file_of_progress_is_kept_under_another_name(self):
        for n, data in enumerate(self.BROKEN, 1):
            with self.subTest(data=data[:40]):
                self.copy.write(data, ".learn", "progress.json")
                self.assertIn("progress starts anew", self.learn("hint", "1.1", code=0))
                kept = ".learn/progress.json.broken" + (f"-{n}" if n > 1 else "")
                self.assertEqual(self.copy.read(kept), data)

    def test_a_folder_where_progress_should_be_is_moved_aside(self):
        os.makedirs(self.copy.path(".learn", "progress.json"))
        self.learn("hint", "1.1", code=0)
        self.assertTrue(os.path.isdir(self.copy.path(".learn", "progress.json.broken")))

    def test_odd_values_in_a_record_do_no_harm(self):
        odd = (None, "three", [], {}, -4, 1.5, True, 10**30)
        for value in odd:
            with self.subTest(value=value):
                record = {key: value for key in ("attempts", "hints", "asked", "solved", "starter")}
                progress = {"checkpoints": {"1": value}, "exercises": {"1.1": record, "1.2": value}}
                for command in (("ex",), ("hint", "1.1"), ("ex", "1.1"), ("reset", "1.1")):
                    self.copy.write(json.dumps(progress), ".learn", "progress.json")
                    self.learn(*command)

    def test_what_a_newer_version_has_written_is_kept(self):
        newer = {
            "version": 9, "checkpoints": {"9": "2030-01-01"}, "streak": [1, 2],
            "exercises": {"1.1": {"badge": "gold"}, "8.8": {"solved": "2030-01-01"}},
        }
        self.copy.write(json.dumps(newer), ".learn", "progress.json")
        self.learn("hint", "1.1", code=0)
        newer["exercises"]["1.1"]["hints"] = 1
        self.assertEqual(json.loads(self.copy.read(".learn", "progress.json")), newer)

    def test_a_file_where_dot_learn_should_be_is_told(self):
        self.copy.write("", ".learn")
        self.assertIn(".learn is in the way", self.learn("hint", "1.1", code=1))


class Unexpected(support.Case):
    def test_what_is_left_is_a_sentence_and_the_traceback_is_in_a_log(self):
        code, said = self.copy.run("ex", before="session.listing = lambda: 1 / 0")
        self.assertEqual((code, "Traceback" in said), (1, False))
        self.assertIn("ZeroDivisionError", said)
        self.assertIn(".learn/error.log", said)
        self.assertIn(b"Traceback", self.copy.read(".learn", "error.log"))
        self.assertIn(b"./learn ex", self.copy.read(".learn", "error.log"))

    def test_it_is_told_too_when_the_log_cannot_be_written(self):
        self.copy.write("", ".learn")
        code, said = self.copy.run("ex", before="session.listing = lambda: 1 / 0")
        self.assertEqual((code, "Traceback" in said), (1, False))
        self.assertIn("ZeroDivisionError", said)

    def test_time_that_is_up_is_told(self):
        slow = "session.listing = lambda: job.output(['sleep', '9'], 0.01)"
        said = self.learn("ex", before=slow, code=1)
        self.assertIn("sleep 9 had not ended after", said)


if __name__ == "__main__":
    unittest.main()
