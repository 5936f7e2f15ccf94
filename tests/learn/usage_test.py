# zh: 帮助和打错的参数。 en: Help, and mistyped arguments.
import glob
import unittest

import support


class Usage(support.Case):
    def test_each_command_has_its_help_in_both_languages(self):
        for language, word in (("en", "Each command takes"), ("zh", "每个命令都可加")):
            for command in ("ex", "watch", "hint", "reset", "solution", "grade", "check", "docs"):
                self.assertIn(word, self.learn("help", command, language=language, code=0))

    def test_a_mistyped_word_is_one_sentence_and_exit_code_2(self):
        self.assertIn("There is no command exx", self.learn("exx", code=2))
        self.assertIn("There is no exercise 9.9", self.learn("hint", "9.9", code=2))

    def test_no_task_tells_the_learner_to_edit_the_starter(self):
        found = glob.glob(self.copy.path("exercises", "ch*", "*", "task.*.md"))
        self.assertGreater(len(found), 50)
        for path in found:
            self.assertNotRegex(self.copy.read(path).decode(), r"exercise\.(cpp|txt)", path)


if __name__ == "__main__":
    unittest.main()
