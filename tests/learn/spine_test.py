# zh: 书的骨架：每一章都有它的文件夹，别处说到的章都在里面；learn.d 的房间之间，箭头只往下走。
# en: The book's skeleton: each chapter has its folders, and what names chapters names these; among the
#     rooms of learn.d arrows go down only.
import glob
import os
import re
import subprocess
import sys
import unittest

import support

sys.path.insert(0, os.path.join(support.ROOT, "learn.d"))
from ground.records import load  # noqa: E402
from ground.spine import CHAPTERS  # noqa: E402

KEYS = [chapter.key for chapter in CHAPTERS.values()]


def path(*parts):
    return os.path.join(support.ROOT, *parts)


def read(*parts):
    with open(path(*parts), encoding="utf-8") as file:
        return file.read()


class Spine(unittest.TestCase):
    def test_chapters_are_numbered_from_one(self):
        self.assertEqual(list(CHAPTERS), list(range(1, len(CHAPTERS) + 1)))

    def test_each_chapter_has_its_folders_and_no_folder_lacks_a_record(self):
        for room, wanted in (("runtime", "*.cpp"), ("chapters", "checkpoint.cpp"), ("tests", "CMakeLists.txt")):
            for key in KEYS:
                self.assertTrue(glob.glob(path(room, key, wanted)), f"{room}/{key}")
        for room in ("chapters", "tests", "exercises"):
            found = {os.path.basename(folder) for folder in glob.glob(path(room, "ch[0-9]*_*"))}
            self.assertLessEqual(found, set(KEYS), room)

    def test_each_stand_in_is_there_and_each_one_that_is_there_is_used(self):
        named = {name for record in load(path("chapters", "spine.txt")) for name in record["standins"].split()}
        there = {
            "/".join((os.path.basename(os.path.dirname(found)), os.path.basename(found)[8:-4]))
            for found in glob.glob(path("chapters", "*", "standin_*.cpp"))
        }
        self.assertEqual(named, there)

    def test_readme_has_a_row_for_each_chapter(self):
        for page in ("README.md", "README.zh.md"):
            self.assertEqual(re.findall(r"^\| `(ch\d+_\w+)` \|", read(page), re.M), KEYS, page)

    def test_without_python_learn_knows_the_chapters(self):
        # zh: learn 里那两行，照原样运行 en: the two lines of learn, run as they stand
        lines = re.search(r"^  numbers=.*\n.*\|\| return 0$", read("learn"), re.M)[0]
        last = max(CHAPTERS)
        for words, known in ((f" ch {last}", True), (" test ch1", True), (f" ch {last + 1}", False), (" ch", False)):
            script = f"words='{words}'; f() {{\n{lines}\nfalse; }}; f"
            done = subprocess.run(["bash", "-c", script], cwd=support.ROOT, check=False)
            self.assertEqual(done.returncode == 0, known, words)


class Rooms(unittest.TestCase):
    def test_arrows_go_down_only(self):
        rooms = sorted(os.path.basename(os.path.dirname(found)) for found in glob.glob(path("learn.d", "*", "__init__.py")))
        self.assertEqual(rooms, ["book", "exercises", "ground", "proof"])
        for source in glob.glob(path("learn.d", "*", "*.py")):
            here = os.path.basename(os.path.dirname(source))
            for there in re.findall(r"^\s*(?:from|import) (book|exercises|ground|proof)\b", read(source), re.M):
                self.assertIn(there, (here, "ground"), source)

    def test_among_exercises_calls_go_down(self):
        # zh: 后面的只用前面的 en: the later use the earlier only
        order = "includes catalogue wrong warden workshop starters verdict code prediction kinds grade session selfcheck mutation"
        order = order.split()
        there = {os.path.basename(found)[:-3] for found in glob.glob(path("learn.d", "exercises", "*.py"))}
        self.assertEqual(there, {"__init__", *order})
        for at, name in enumerate(order):
            source = read("learn.d", "exercises", name + ".py")
            used = re.findall(r"^from exercises\.(\w+) import", source, re.M)
            used += [w.split()[0] for line in re.findall(r"^from exercises import (.*)$", source, re.M) for w in line.split(", ")]
            self.assertLessEqual(set(used), set(order[:at]), name)


if __name__ == "__main__":
    unittest.main()
