# zh: 带 clangd 的编辑器看得懂每一类源码：运行时、检查点、测试、场景、习题，还有学习者的答案。
# en: An editor with clangd understands each kind of source: runtime, checkpoints, tests, scenarios,
#     exercises, and a learner's answer.
import glob
import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest

import support

CLANGD = shutil.which("clangd")
KNOWN = os.path.join(support.ROOT, "build", "default", "compile_commands.json")
SOURCES = (
    "runtime/newproc/go.hpp",
    "runtime/ch3_runqueue/local.cpp",
    "runtime/platform/linux/cgroup.cpp",
    "chapters/ch3_runqueue/checkpoint.cpp",
    "tests/ch3_runqueue/local_test.cpp",
    "tests/checker/**/ring_test.cpp",
    "exercises/ch3_runqueue/2_ring/exercise.cpp",
    "exercises/ch3_runqueue/2_ring/test.cpp",
    "exercises/ch3_runqueue/2_ring/check.cpp",
)
# zh: clangd 还会试每一种改写，改不了的也写成 E；那不是源码的错。
# en: clangd also tries each of its rewrites and marks with E those that do not apply; those are no
#     faults of the source.
FAULT = re.compile(r"^E\[[^]]*\] (?!tweak: |\s*$).*", re.M)


def faults(path, folder=support.ROOT):
    done = subprocess.run(
        [CLANGD, "--check=" + path, "--check-lines=1-1"], cwd=folder, text=True, encoding="utf-8",
        errors="replace", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=100,
    )
    return FAULT.findall(done.stdout), done.stdout


@unittest.skipUnless(CLANGD, "clangd is not installed")
@unittest.skipUnless(os.path.exists(KNOWN), "build/default has not been configured")
class Editor(unittest.TestCase):
    def understood(self, path, folder=support.ROOT):
        found, said = faults(path, folder)
        self.assertIn("All checks completed", said)
        self.assertNotIn("Generic fallback command", said)
        self.assertEqual(found, [])

    def test_sources(self):
        for pattern in SOURCES:
            paths = glob.glob(os.path.join(support.ROOT, pattern), recursive=True)
            self.assertEqual(len(paths), 1, pattern)
            with self.subTest(pattern):
                self.understood(paths[0])

    def test_an_answer(self):
        for name, starter in self.answers():
            with self.subTest(name), tempfile.TemporaryDirectory(prefix="a b 中文 ") as folder:
                here = os.path.join(folder, "answers", name)
                os.makedirs(os.path.dirname(here))
                shutil.copy(starter, here)
                self.known(folder, os.path.join(support.ROOT, "answers", name), here)
                self.understood(here, folder)
                with open(here, "a", encoding="utf-8") as file:
                    file.write("\nint newproc_answer = no_such_name;\n")
                self.assertIn("no_such_name", "".join(faults(here, folder)[0]))

    def answers(self):
        """zh: 三章里各一道要写代码的习题：答案的名字，它的开头。
        en: An exercise in code from each of three chapters: the answer's name and its starter."""
        exercises = os.path.join(support.ROOT, "exercises")
        for name in ("ch1_entry/3_mcall", "ch3_runqueue/2_ring", "ch5_spinning/7_no_vain_wakes"):
            yield name + ".cpp", os.path.join(exercises, name, "exercise.cpp")

    def known(self, folder, old, new):
        """zh: 一份 compile_commands.json，里面只有这份答案；真的 answers/ 碰也不碰。
        en: A compile_commands.json with this answer alone; the real answers/ is left alone."""
        with open(KNOWN, encoding="utf-8") as file:
            entries = [e for e in json.load(file) if e["file"] == old]
        self.assertEqual(len(entries), 1, old)
        entry = entries[0]
        entry["file"] = new
        entry["command"] = entry["command"].replace(old, "'" + new + "'")
        os.makedirs(os.path.join(folder, "build", "default"))
        with open(os.path.join(folder, "build", "default", "compile_commands.json"), "w", encoding="utf-8") as file:
            json.dump([entry], file)
        shutil.copy(os.path.join(support.ROOT, ".clangd"), folder)


if __name__ == "__main__":
    unittest.main()
