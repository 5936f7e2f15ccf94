# zh: 怎样叫 learn 都行：经符号链接、用 sh、CDPATH 已导出、PATH 里先是旧的 Python、用 core.autocrlf 取出。
# en: However learn is called it works: by a symbolic link, by sh, with CDPATH exported, with an old
#     Python first in PATH, checked out with core.autocrlf.
import os
import shutil
import subprocess
import unittest

import support

OLD = """#!/bin/sh
case $* in *version_info*) exit 1 ;; esac
echo 'TypeError: unsupported operand type(s) for |' >&2
exit 1
"""


class Called(support.Case):
    def setUp(self):
        super().setUp()
        self.bin = os.path.join(self.copy.above, "bin")
        os.mkdir(self.bin)

    def call(self, *words, cwd=None, **environment):
        """zh: 一条真的命令行，返回标准输出。 en: A real command line; returns its output."""
        path = self.bin + os.pathsep + os.environ["PATH"]
        done = subprocess.run(
            words, cwd=cwd or self.copy.root, text=True, encoding="utf-8", timeout=60,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=os.environ | {"LEARN_LANG": "en", "LC_ALL": "C.UTF-8", "PATH": path} | environment,
        )
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def helps(self, *words, **options):
        self.assertIn("./learn ex [N.M", self.call(*words, "help", **options), words)

    def test_by_any_path(self):
        self.helps("./learn")
        self.helps(self.copy.path("learn"), cwd="/")
        self.helps("bash", os.path.join("..", "learn"), cwd=self.copy.path("learn.d"))

    def test_by_a_symbolic_link_in_path(self):
        os.symlink(self.copy.path("learn"), os.path.join(self.bin, "learn"))
        os.symlink("learn", os.path.join(self.bin, "newproc"))
        self.helps("learn", cwd="/")
        self.helps("newproc", cwd="/")

    def test_by_a_shell_that_is_not_bash(self):
        for shell in ("sh", "dash", "bash"):
            if shutil.which(shell):
                self.helps(shell, "learn")

    def test_cdpath_leads_nowhere_else(self):
        os.makedirs(os.path.join(self.copy.above, "other", "learn.d"))
        odd = {"CDPATH": os.path.join(self.copy.above, "other") + ":.:" + self.copy.above}
        self.helps("./learn", **odd)
        self.helps("sh", "learn", **odd)
        self.helps(os.path.join(os.path.basename(self.copy.root), "learn"), cwd=self.copy.above, **odd)

    def test_an_old_python_is_passed_over(self):
        if not os.path.exists("/usr/bin/python3"):
            self.skipTest("no /usr/bin/python3")
        self.copy.write(OLD, os.path.join(self.bin, "python3"))
        os.chmod(os.path.join(self.bin, "python3"), 0o755)
        self.helps("./learn")

    def test_checked_out_with_autocrlf(self):
        self.copy.commit()
        self.copy.git("config", "core.autocrlf", "true")
        for name in ("learn", os.path.join("learn.d", "main.py")):
            os.remove(self.copy.path(name))
        self.copy.git("checkout", "-q", "--", ".")
        self.assertNotIn(b"\r", self.copy.read("learn"))
        self.helps("./learn")


if __name__ == "__main__":
    unittest.main()
