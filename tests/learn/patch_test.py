# zh: 补丁怎样用上，什么时候说“过时了”。 en: How patches are applied, and when they are out of date.
import os
import sys
import tempfile
import unittest

import support

sys.path.insert(0, os.path.join(support.ROOT, "learn.d"))
from ground import patch  # noqa: E402

SOURCE = """// zh: 两个函数。 en: Two functions.
int first() {
  // zh: 一 en: one
  int n = 1;

  return n;
}

int second() {
  int n = 2;
  return n;
}
"""
HEAD = "zh: 错\nen: wrong\n\n"
FILE = "--- a/f.cpp\n+++ b/f.cpp\n"


def hunk(*lines):
    return "@@ -1,1 +1,1 @@\n" + "".join(line + "\n" for line in lines)


class Patches(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="newproc-learn-")
        self.addCleanup(folder.cleanup)
        self.root = folder.name

    def write(self, text, name, encoding="utf-8"):
        with open(os.path.join(self.root, name), "wb") as file:
            file.write(text.encode(encoding))

    def applied(self, hunks, source=SOURCE):
        self.write(source, "f.cpp")
        return patch.apply(FILE + hunks, self.root)["f.cpp"]

    def test_lines_go_and_come(self):
        new = self.applied(hunk(" int second() {", "-  int n = 2;", "+  int n = 3;", "+  ++n;"))
        self.assertEqual(new, SOURCE.replace("  int n = 2;\n", "  int n = 3;\n  ++n;\n"))

    def test_hunks_follow_one_another_and_line_numbers_do_not_count(self):
        new = self.applied(
            hunk(" int second() {", "-  int n = 2;") + hunk(" int first() {", "-  int n = 1;")
        )
        self.assertEqual(new, SOURCE.replace("  int n = 2;\n", "").replace("  int n = 1;\n", ""))

    def test_comments_are_no_context_and_stay_where_they_are(self):
        one = hunk(" int first() {", "-  int n = 1;", "+  int n = 7;")
        self.assertEqual(self.applied(one), SOURCE.replace("n = 1", "n = 7"))
        mended = SOURCE.replace("zh: 一 en: one", "zh: 一个 en: a single one")
        self.assertEqual(self.applied(one, mended), mended.replace("n = 1", "n = 7"))

    def test_a_comment_is_removed_where_the_patch_says_so(self):
        new = self.applied(hunk(" int first() {", "-  // zh: 一 en: one", "-  int n = 1;"))
        self.assertEqual(new, SOURCE.replace("  // zh: 一 en: one\n  int n = 1;\n", ""))

    def test_an_empty_line_whose_blank_an_editor_removed_is_context(self):
        for blank in (" ", ""):
            new = self.applied(hunk("   int n = 1;", blank, "-  return n;", "+  return 0;"))
            self.assertEqual(new, SOURCE.replace("  return n;", "  return 0;", 1))

    def test_context_that_is_gone_or_not_the_only_one_is_told(self):
        for lines, times in (
            ((" int third() {", "-  int n = 2;"), 0), (("-  return n;", "+  return 0;", " }"), 2),
            ((" int second() {", "-  int n = 1;"), 0),
        ):
            with self.subTest(lines), self.assertRaisesRegex(patch.Wrong, f"f.cpp: the context occurs {times} times"):
                self.applied(hunk(*lines))

    def test_a_hunk_that_only_adds_has_no_place(self):
        with self.assertRaisesRegex(patch.Wrong, "the context occurs"):
            self.applied(hunk("+int third();"))

    def test_a_patch_that_changes_nothing_or_a_file_that_is_gone_is_told(self):
        for hunks, words in (("", "changes nothing"), (FILE, "changes nothing"), ("--- a/g.cpp\n" + hunk("-a"), "there is no g.cpp")):
            self.write(SOURCE, "f.cpp")
            with self.subTest(words), self.assertRaisesRegex(patch.Wrong, words):
                patch.apply(hunks, self.root)

    def test_crlf_and_a_bom_do_not_count(self):
        body = FILE + hunk(" int second() {", "-  int n = 2;", "+  int n = 3;")
        self.write("\ufeff" + SOURCE.replace("\n", "\r\n"), "f.cpp")
        self.write("\ufeff" + (HEAD + body).replace("\n", "\r\n"), "p.patch")
        found = patch.Patch(os.path.join(self.root, "p.patch"), ("zh", "en"))
        self.assertEqual(found.fields, {"zh": "错", "en": "wrong"})
        self.assertEqual(patch.apply(found.hunks, self.root)["f.cpp"], SOURCE.replace("n = 2", "n = 3"))

    def test_what_the_head_lacks_or_has_too_much_is_told_with_the_file(self):
        for head, words in (
            ("zh: 错\n\n", "p.patch lacks en"), ("zh: 错\nen: \n\n", "p.patch lacks en"), ("\n\n", "p.patch: the head"),
            ("zh: 错\nen: this sentence goes on\n  and on\n\n", "p.patch: the head has a line that is no field:   and on"),
        ):
            self.write(head + FILE, "p.patch")
            with self.subTest(head), self.assertRaisesRegex(patch.Wrong, words):
                patch.Patch(os.path.join(self.root, "p.patch"), ("zh", "en"))

    def test_another_encoding_is_told_with_the_file(self):
        self.write(HEAD + FILE, "p.patch", "gb18030")
        with self.assertRaisesRegex(patch.Wrong, "p.patch is not in UTF-8"):
            patch.Patch(os.path.join(self.root, "p.patch"), ())


if __name__ == "__main__":
    unittest.main()
