# zh: 给人看的话：程序用到的都有，有的都用到，两种语言要填的相同，程序也都填上。
# en: Words for people: what the program uses is there, what is there is used, both languages have the
#     same {placeholders}, and the program fills each.
import ast
import glob
import os
import re
import string
import sys
import unittest

import support

sys.path.insert(0, os.path.join(support.ROOT, "learn.d"))
import usage  # noqa: E402
from ground import say  # noqa: E402
from ground.records import load  # noqa: E402
from ground.spine import CHAPTERS  # noqa: E402

# zh: 第一个参数是键的函数 en: the functions whose first argument is a key
TELL = {"text", "say", "both", "in_language", "failed", "Trouble", "Refused", "Unreadable"}
# zh: 检查器说的，不在 Python 里 en: what the checker says, and no Python
CHECKER = {"no failure"}
HAN = re.compile("[\u4e00-\u9fff]")


def trees():
    for folder in ("learn.d", "tests/bench"):
        for path in glob.glob(os.path.join(support.ROOT, folder, "**", "*.py"), recursive=True):
            with open(path, encoding="utf-8") as file:
                yield os.path.relpath(path, support.ROOT), ast.parse(file.read())


def calls():
    """zh: 说话的每一处：（在哪里，键的写法，填了什么；说不清填了什么就是空）。
    en: Each place that speaks: (where, how the key is written, what is filled in, None if unclear)."""
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in TELL:
                    given = {word.arg for word in node.keywords}
                    yield f"{path}:{node.lineno}", node.args[0], None if None in given else given


def keys_of(argument):
    """zh: 一种写法里的键；以 _ 结尾的是开头一段。 en: The keys in it; one that ends in _ is a beginning."""
    if isinstance(argument, ast.IfExp):
        return keys_of(argument.body) + keys_of(argument.orelse)
    if isinstance(argument, ast.BinOp):
        return keys_of(argument.left)
    return [argument.value] if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else []


def placeholders(said):
    return {field for _, field, _, _ in string.Formatter().parse(said) if field is not None}


class Words(unittest.TestCase):
    def test_no_key_stands_twice(self):
        folder = os.path.join(support.ROOT, "learn.d", "words")
        for names in (("trouble", "results", "exercises", "bench"), ("help",)):
            keys = [record["key"] for name in names for record in load(os.path.join(folder, name + ".txt"))]
            self.assertEqual(sorted(keys), sorted(set(keys)))

    def test_each_key_that_is_used_is_there(self):
        found = 0
        for where, argument, _ in calls():
            for key in keys_of(argument):
                found += 1
                there = any(name.startswith(key) for name in say.MESSAGES) if key.endswith("_") else key in say.MESSAGES
                self.assertTrue(there, f"{where}: {key}")
        self.assertGreater(found, 150)

    def test_each_key_that_is_there_is_used(self):
        literals, beginnings = set(), set()
        for _, tree in trees():
            literals |= {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
        literals |= {word for literal in literals for word in literal.split()}
        beginnings = {literal for literal in literals if re.fullmatch(r"\w+_", literal)}
        for key in say.MESSAGES:
            # zh: 现拼的：后一段也要是程序里的一个词 en: put together: the rest must be a word of the program too
            rests = {key[len(start) :] for start in beginnings if key.startswith(start)}
            rests |= {rest.replace("_", " ") for rest in rests}
            self.assertTrue(key in literals or rests & (literals | CHECKER), key)

    def test_both_languages_are_there_and_have_the_same_placeholders(self):
        records = list(say.MESSAGES.values()) + list(usage.HELP.values())
        self.assertGreater(len(records), 200)
        for record in records:
            self.assertEqual(set(record) - {"key", "words", "line", "usage", "more_zh", "more_en"}, {"zh", "en"})
            self.assertIsNone(HAN.search(record["en"] + record.get("more_en", "")), record)
            self.assertEqual(placeholders(record["zh"]), placeholders(record["en"]), record)
        for chapter in CHAPTERS.values():
            self.assertEqual(placeholders(chapter.changed["zh"]), placeholders(chapter.changed["en"]), chapter.key)
            self.assertIsNone(HAN.search(chapter.title["en"] + chapter.changed["en"]), chapter.key)

    def test_each_placeholder_is_filled(self):
        for where, argument, given in calls():
            for key in keys_of(argument) if given is not None else ():
                if key in say.MESSAGES:
                    self.assertLessEqual(placeholders(say.MESSAGES[key]["en"]), given, f"{where}: {key}")

    def test_each_command_has_its_help(self):
        for record in usage.HELP.values():
            self.assertTrue(record["usage"].startswith("./learn"), record)
            self.assertTrue(HAN.search(record["more_zh"]) and record["more_en"], record)


if __name__ == "__main__":
    unittest.main()
