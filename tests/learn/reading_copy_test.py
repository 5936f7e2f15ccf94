# zh: 读本：一种语言的注释，代码和行号与原件相同。
# en: The reading copy: comments in one language, code and line numbers those of the original.
import glob
import os
import re
import sys
import unittest

import support

sys.path.insert(0, os.path.join(support.ROOT, "learn.d"))
from ground.bilingual import CPP, HAN  # noqa: E402

SOURCE = """// zh: 头一段，
//     两行。
// en: The first paragraph,
//     two lines.
#include "b.hpp"

// [f]
/// zh: 契约。 en: The contract.
int f() {
  return 1;  // zh: 一 en: one
}
// [f]
"""
ENGLISH = """// The first paragraph,
// two lines.


#include "b.hpp"


/// The contract.
int f() {
  return 1;  // one
}

"""


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def code_of(text):
    """zh: 每行去掉注释之后的样子。 en: What each line is without its comment."""
    text = CPP.sub(lambda found: "" if found["line"] or found["block"] else found[0], text)
    return [line.rstrip() for line in text.split("\n")]


class ReadingCopy(support.Case):
    def copied(self, *parts):
        return self.copy.read("build", "read", *parts).decode()

    def test_one_language_is_left_and_no_line_moves(self):
        self.copy.write(SOURCE, "runtime", "a.cpp")
        said = self.learn("read", "en", code=0)
        self.assertIn("build/read/en: 1 files", said)
        self.assertEqual(self.copied("en", "runtime", "a.cpp"), ENGLISH)
        self.learn("read", "zh", code=0)
        self.assertEqual(self.copied("zh", "runtime", "a.cpp").split("\n")[0], "// 头一段，")
        self.assertNotIn("paragraph", self.copied("zh", "runtime", "a.cpp"))

    def test_the_whole_runtime_keeps_its_code_and_its_lines(self):
        os.symlink(os.path.join(support.ROOT, "runtime"), self.copy.path("runtime"))
        for language in ("zh", "en"):
            self.learn("read", language, code=0)
            copies = glob.glob(self.copy.path("build", "read", language, "runtime", "**", "*.?pp"), recursive=True)
            self.assertGreater(len(copies), 50)
            for path in copies:
                there = read(os.path.join(support.ROOT, path.split(f"read/{language}/")[1]))
                here = read(path)
                self.assertEqual(code_of(here), code_of(there), path)
                self.assertIsNone(re.search(r"//.*\b(zh|en): ", here), path)
                comments = "".join(found["line"] or "" for found in CPP.finditer(here))
                if language == "en":
                    self.assertIsNone(HAN.search(comments), path)

    def test_it_is_written_anew_and_not_to_be_edited(self):
        self.copy.write(SOURCE, "runtime", "a.cpp")
        self.copy.write(SOURCE, "runtime", "gone.cpp")
        self.learn("read", "en", code=0)
        os.remove(self.copy.path("runtime", "gone.cpp"))
        self.learn("read", "en", code=0)
        self.assertEqual(os.listdir(self.copy.path("build", "read", "en", "runtime")), ["a.cpp"])
        self.assertEqual(os.stat(self.copy.path("build", "read", "en", "runtime", "a.cpp")).st_mode & 0o222, 0)


if __name__ == "__main__":
    unittest.main()
