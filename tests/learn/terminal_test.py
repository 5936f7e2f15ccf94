# zh: 各种终端上：40 列的不越边，汉字算两列；TERM=dumb 的没有转义。
# en: On all kinds of terminals: one of 40 columns is not overrun, a Chinese character counting two;
#     one with TERM=dumb gets no escapes.
import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import unittest

import support

sys.path.insert(0, os.path.join(support.ROOT, "learn.d"))
from ground import show  # noqa: E402


def on_terminal(argv, columns, **environment):
    """zh: 在伪终端上运行，返回屏幕上的一切。 en: Runs on a pseudo terminal; returns all it shows."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    kept = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES", "TERM", "NO_COLOR")}
    process = subprocess.Popen(
        argv, cwd=support.ROOT, stdin=theirs, stdout=theirs, stderr=theirs, env=kept | environment
    )
    os.close(theirs)
    said = b""
    while True:
        try:
            part = os.read(ours, 1 << 16)
        except OSError:
            part = b""
        if not part:
            break
        said += part
    os.close(ours)
    process.wait()
    return said.decode().replace("\r\n", "\n")


def learn(*words):
    return [sys.executable, "-X", "utf8", os.path.join(support.ROOT, "learn.d", "main.py"), *words]


PROGRESS = """
import sys; sys.path.insert(0, "learn.d"); from ground import show
with show.Progress("work") as line:
    for i in range(9): line.step(i, 8, "a step")
"""


class Terminals(unittest.TestCase):
    def test_no_line_goes_over_the_edge_of_40_columns(self):
        for language in ("zh", "en"):
            for words in (["help"], ["help", "grade"], ["ex"], ["hint", "x"], ["ch", "7"], ["exx"]):
                said = on_terminal(learn(*words), 40, TERM="xterm", LEARN_LANG=language)
                wide = [l for l in said.split("\n") if show.width(l) > 40 and " " in l.strip()]
                self.assertEqual(wide, [], (language, words))

    def test_a_table_that_fits_stays_a_table(self):
        said = on_terminal(learn("ex"), 120, TERM="xterm", LEARN_LANG="en")
        self.assertRegex(said, r"title +stars +points")

    def test_progress_is_rewritten_only_where_the_terminal_can(self):
        argv = [sys.executable, "-c", PROGRESS]
        self.assertIn("\x1b[K", on_terminal(argv, 80, TERM="xterm"))
        for terminal in ({"TERM": "dumb"}, {}):
            said = on_terminal(argv, 80, **terminal)
            self.assertNotRegex(said, r"[\x1b\r]")
            self.assertIn("work", said)

    def test_no_command_colours_its_output(self):
        for words in (["help"], ["ex"]):
            self.assertIsNone(re.search("\x1b", on_terminal(learn(*words), 80, TERM="xterm")))


if __name__ == "__main__":
    unittest.main()
