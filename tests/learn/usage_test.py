# zh: 帮助和打错的参数。 en: Help, and mistyped arguments.
import glob
import os
import sys
import unittest

import support

sys.path.insert(0, os.path.join(support.ROOT, "learn.d"))
from ground.spine import CHAPTERS  # noqa: E402

RIGHT = (
    "", "--lang zh", "ch 1", "ch --lang=en 2", "ex", "ex 3.2", "ex 3.2 --task", "ex --task 3.2", "--lang zh ex 3.2", "ex --check", "ex --check 1.3",
    "ex --seal 1.1", "ex --wrong 3.2", "ex --wrong 3.2 head_is_mine", "--lang zh ex --wrong 3.2", "watch", "hint 1.1", "reset 10.12", "solution 2.2", "grade", "grade --of attacks --json",
    "grade --junit file.xml", "test", "test --all", "test ch1", "check", "check --json", "check museum",
    "check mutant no_fence_retire --full", "check scenario retirement: --full --json",
    "check matrix --json", "check --json mutant no_fence_retire", "check mutant a --json --replay 0,1", "bench",
    "check scenario ring: two --replay 0,1", "bench --quick --json", "docs", "docs --check", "docs --twins",
    "docs --twins ch3", "docs --port 8088", "help", "help ex", "read zh",
)
WRONG = {
    "exx": "unknown_command", "--foo": "unknown_command", "--lang": "bad_lang", "--lang fr": "bad_lang",
    "ch": "needs_argument", "ch 99": "wrong_arguments", "ch x": "wrong_arguments", "ch 1 2": "wrong_arguments",
    "ex 3": "wrong_arguments", "ex 3.2.1": "wrong_arguments", "ex --check --seal": "wrong_arguments",
    "ex 1.1 --check": "wrong_arguments", "ex --task": "wrong_arguments", "ex --check --task": "wrong_arguments",
    "ex --seal": "wrong_arguments", "ex --wrong": "wrong_arguments",
    "ex --wrong 3": "wrong_arguments", "ex --wrong head_is_mine": "wrong_arguments", "ex --wrong 3.2 a b": "wrong_arguments",
    "ex --wrong 3.2 --check": "wrong_arguments", "ex 3.2 --wrong 3.2": "wrong_arguments", "watch 1.1": "wrong_arguments",
    "hint": "needs_argument", "reset all": "wrong_arguments", "solution 1.1 1.2": "wrong_arguments",
    "grade --of mine": "wrong_arguments", "grade --js": "wrong_arguments", "grade --junit": "wrong_arguments",
    "test ch99": "wrong_arguments", "test --all ch1": "wrong_arguments", "check mutant": "wrong_arguments",
    "check scenario": "wrong_arguments", "check museum a": "wrong_arguments", "check a": "wrong_arguments",
    "check matrix --replay 0": "wrong_arguments", "bench --fast": "wrong_arguments", "docs --port": "wrong_arguments",
    "docs --check --port 1": "wrong_arguments", "help exx": "wrong_arguments", "read": "needs_argument",
    "read fr": "wrong_arguments",
}


class Usage(support.Case):
    def test_each_command_has_its_help_in_both_languages(self):
        for language, word in (("en", "Each command takes"), ("zh", "每个命令都可加")):
            for command in ("ex", "watch", "hint", "reset", "solution", "grade", "check", "docs", "read"):
                self.assertIn(word, self.learn("help", command, language=language, code=0))

    def test_a_mistyped_word_is_one_sentence_and_exit_code_2(self):
        self.assertIn("There is no command exx", self.learn("exx", code=2))
        self.assertIn("There is no exercise 9.9", self.learn("hint", "9.9", code=2))

    def test_what_is_right_and_what_is_wrong(self):
        script = (
            "import usage\n"
            "for line in sys.stdin.read().splitlines():\n"
            "    try: usage.parse(line.split('~')); print('right', flush=True)\n"
            "    except usage.Trouble as t: print(t.key, t.exit_code, flush=True)\n"
            "sys.exit(0)"
        )
        lines = [line.replace(" ", "~") for line in (*RIGHT, *WRONG)]
        said = self.learn("", before=script, stdin="\n".join(lines), code=0).split("right")
        self.assertEqual(len(said), len(RIGHT) + 1, said)
        found = " ".join(said).split()
        self.assertEqual(list(zip(found[::2], found[1::2])), [(key, "2") for key in WRONG.values()])

    def test_the_sentence_names_the_word_and_the_usage(self):
        said = self.learn("ch", "99", code=2)
        self.assertEqual(said, f"Wrong argument for ch: 99. Usage: ./learn ch {'|'.join(map(str, CHAPTERS))}")
        self.assertIn("ch 的参数不对：99。用法：./learn ch 1|", self.learn("ch", "99", language="zh", code=2))
        self.assertIn("hint 还缺参数。用法：./learn hint N.M", self.learn("hint", language="zh", code=2))

    def test_with_help_nothing_else_need_be_right(self):
        for words in (("ch", "--help"), ("-h", "ch", "99"), ("hint", "x", "-h", "--lang=zh")):
            self.assertIn("./learn " + [w for w in words if w in ("ch", "hint")][0], self.learn(*words, code=0))

    def test_no_task_tells_the_learner_to_edit_the_starter(self):
        found = glob.glob(self.copy.path("exercises", "ch*", "*", "task.*.md"))
        self.assertGreater(len(found), 50)
        for path in found:
            self.assertNotRegex(self.copy.read(path).decode(), r"exercise\.(cpp|txt)", path)


if __name__ == "__main__":
    unittest.main()
