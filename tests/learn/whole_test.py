# zh: 一个学习者的一整程，用真的编译器走：文件夹名里有空格和汉字，CXX=clang++，搬家，换回来，两条命令一起。
# en: A learner's whole way, with real compilers: a folder with blanks and Chinese characters, CXX=clang++,
#     a move, the other compiler again, two commands at once.
import os
import re
import shutil
import subprocess
import unittest

import support

WHOLE = ("learn", "learn.d", "CMakeLists.txt", "CMakePresets.json", "chapters", "exercises", "runtime", "tests")
EXTEND = "exercises/ch2_goroutine/7_nursery"
ANSWER = ("answers", "ch2_goroutine", "7_nursery.cpp")
NO_VAIN = "ch5_spinning", "7_no_vain_wakes"


@unittest.skipUnless(shutil.which("clang++"), "clang++ is not installed")
class Whole(unittest.TestCase):
    def setUp(self):
        self.copy = support.Copy.__new__(support.Copy)
        self.copy.above = os.path.join(support.tempfile.mkdtemp(prefix="newproc-learn-"), "a b")
        self.copy.root = os.path.join(self.copy.above, "中文 c")
        self.addCleanup(shutil.rmtree, os.path.dirname(self.copy.above))
        for part in WHOLE:
            source, there = os.path.join(support.ROOT, part), self.copy.path(part)
            if os.path.isdir(source):
                shutil.copytree(source, there, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                os.makedirs(self.copy.root, exist_ok=True)
                shutil.copy2(source, there)

    def start(self, *words, **environment):
        kept = {k: v for k, v in os.environ.items() if k not in ("CXX", "CXXFLAGS") and not k.startswith("GIT_")}
        return subprocess.Popen(
            [self.copy.path("learn"), *words], cwd=self.copy.above, text=True, encoding="utf-8",
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env=kept | {"LC_ALL": "C.UTF-8"} | environment,
        )

    def said(self, process, code):
        said = " ".join(process.communicate()[0].split())
        self.assertNotIn("Traceback", said)
        self.assertNotIn("mistake of learn's own", said)
        self.assertEqual(process.returncode, code, said)
        return said

    def learn(self, *words, code, **environment):
        return self.said(self.start(*words, **environment), code)

    def passes(self, **environment):
        said = self.learn("ex", "2.7", code=0, **environment)
        self.assertIn("Passed.", said)
        return said

    def test_from_the_first_look_to_two_at_once(self):
        clang = {"CXX": "clang++"}

        said = self.learn("ex", "2.7", code=1, **clang)
        self.assertIn("The starter is in " + "/".join(ANSWER), said)
        self.assertIn("Not yet:", said)

        self.copy.write('#include "../../%s/solution.cpp"\n' % EXTEND, *ANSWER)
        said = self.learn("ex", "2.7", code=1, **clang)
        self.assertIn(f"includes {EXTEND}/solution.cpp, which is the reference answer", said)

        solution = self.copy.read(EXTEND, "solution.cpp")
        self.copy.write(solution, *ANSWER)
        self.passes(**clang)

        old, self.copy.root = self.copy.root, os.path.join(self.copy.above, "搬 d")
        os.rename(old, self.copy.root)
        self.assertIn("moved here from " + old, self.passes(**clang))

        self.assertIn("The variable CXX has changed (before: clang++; now: unset)", self.passes())

        self.copy.write(self.copy.read("exercises", *NO_VAIN, "solution.cpp"), "answers", NO_VAIN[0], NO_VAIN[1] + ".cpp")
        said = self.learn("ex", "5.7", code=0)
        woken = re.search(r"an M was woken (\d+) times, with the runtime's own (\d+) times", said)
        self.assertLess(int(woken[1]), int(woken[2]))

        self.copy.write(solution.decode().encode("gb18030"), *ANSWER)
        self.assertIn("is not in UTF-8, it seems to be GBK", self.learn("ex", "2.7", code=1))
        self.copy.write(solution, *ANSWER)

        first, second = self.start("ex", "2.7"), self.start("ex", "1.2")
        self.assertIn("Passed.", self.said(first, 0))
        self.assertIn("Not yet:", self.said(second, 1))


if __name__ == "__main__":
    unittest.main()
