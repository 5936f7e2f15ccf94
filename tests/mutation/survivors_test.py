# zh: 名字认得出改错，不认行号；原因照文件里写的。
# en: Names tell mistakes apart and no line numbers; reasons are as the file has them.
import os
import tempfile
import types
import unittest

import mutator
import survivors

TEXT = "int f(int n) {\n  g();\n  if (n < 2)   h();\n  return n % 4;\n}\n"


class Survivors(unittest.TestCase):
    def test_a_name_says_function_kind_line_and_change(self):
        names = [survivors.name(TEXT, m) for m in mutator.mutations(TEXT)]
        self.assertIn("f drop: g();", names)
        self.assertIn("f negate: if (n < 2) h();", names)
        self.assertIn("f off: return n % 4; [4 -> 5]", names)
        self.assertIn("f bound: if (n < 2) h(); [< -> <=]", names)

    def test_a_name_does_not_know_its_line(self):
        self.assertEqual(
            [survivors.name(TEXT, m) for m in mutator.mutations(TEXT)],
            [survivors.name("\n\n" + TEXT, m) for m in mutator.mutations("\n\n" + TEXT)],
        )

    def test_those_of_one_name_are_numbered(self):
        cases = [types.SimpleNamespace(name=name) for name in ("a", "b", "a", "a", "b")]
        survivors.tell_apart(cases)
        self.assertEqual([case.name for case in cases], ["a", "b", "a #2", "a #3", "b #2"])

    def test_a_reason_is_for_all_names_above_it(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "survivors.txt")
            self.assertEqual(survivors.reasons(path), {})
            with open(path, "w", encoding="utf-8") as file:
                file.write("# zh: 头 en: head\na\nb\nwhy: 一样 / the same\n\nc\nwhy: 未承诺 / not promised\nd\n")
            self.assertEqual(survivors.reasons(path), {
                "a": "一样 / the same", "b": "一样 / the same", "c": "未承诺 / not promised",
            })


if __name__ == "__main__":
    unittest.main()
