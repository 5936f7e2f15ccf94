# zh: learn 的测试在一份拷贝里做：临时文件夹里有 learn.d、书的骨架、习题和预设，名字里有空格和汉字。每条命令是一个
#     自己的进程，走的是 main.guarded，与 ./learn 一样。
# en: The tests of learn work on a copy: a temporary folder with learn.d, the book's skeleton, the exercises
#     and the presets, with blanks and Chinese characters in its name. Each command is a process of its own and goes
#     through main.guarded, as with ./learn.
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
COPIED = ("learn", "learn.d", "chapters/spine.txt", "exercises", "docs/tools", "CMakePresets.json", ".gitignore", ".gitattributes")

# zh: 不编译：能编译的一切都没有准备，评判走到要编译的地方就说“到了编译器”。
# en: Without compiling: nothing is ready for that; where judging would compile, it says so.
DRIVER = """
import os, sys
sys.path.insert(0, "learn.d")
import main
from exercises import includes, session, starters, verdict, workshop
from ground import build, job, lock, progress, reading, signals

class Workbench:
    def prepare(self, *exercises): pass
    def where(self, platform): return {}
    def place(self, exercise, label="mine"): return os.path.join("made", exercise.id, label)
    def answer(self, exercise, source, *rest):
        raise workshop.Refused("ex_compile_failed", said="reached the compiler: " + source)

workshop.ready = Workbench
sys.stdout.reconfigure(line_buffering=True)
signals.catch()
"""


# zh: 编译器的样子：一个孩子在后台，不理会 SIGINT（sh 的后台任务都这样），主人也等着它。
# en: What a compiler looks like: a child in the background that ignores SIGINT, as sh's jobs do, and
#     a parent that waits for it.
ENDLESS = ["sh", "-c", "sleep 1000 & echo $! >>pids; echo compiling >&2; wait"]


def alive(pid):
    """zh: 还在跑；等人来收的不算。 en: Still running; one that only waits to be reaped is not."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


class Copy:
    def __init__(self, name="a b 中文"):
        self.above = tempfile.mkdtemp(prefix="newproc-learn-")
        self.root = os.path.join(self.above, name)
        os.mkdir(self.root)
        for part in COPIED:
            source = os.path.join(ROOT, part)
            if os.path.isdir(source):
                shutil.copytree(source, self.path(part), ignore=shutil.ignore_patterns("__pycache__"))
            else:
                os.makedirs(os.path.dirname(self.path(part)), exist_ok=True)
                shutil.copy2(source, self.path(part))

    def remove(self):
        shutil.rmtree(self.above)

    def path(self, *parts):
        return os.path.join(self.root, *parts)

    def read(self, *parts):
        with open(self.path(*parts), "rb") as file:
            return file.read()

    def write(self, data, *parts):
        os.makedirs(os.path.dirname(self.path(*parts)), exist_ok=True)
        with open(self.path(*parts), "wb") as file:
            file.write(data if isinstance(data, bytes) else data.encode())

    def start(self, *words, before="", language="en", **environment):
        """zh: before 是命令之前先做的 Python。 en: before: Python that is done before the command."""
        script = f"{DRIVER}\n{before}\nsys.exit(main.guarded(sys.argv[1:]))\n"
        clean = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
        return subprocess.Popen(
            [sys.executable, "-B", "-c", script, *words], cwd=self.root, text=True, encoding="utf-8",
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            start_new_session=True, env=clean | {"LEARN_LANG": language, "PYTHONUTF8": "1"} | environment,
        )

    def run(self, *words, stdin="", **options):
        """zh: 返回（退出码，说的话）。 en: Returns (exit code, what was said)."""
        process = self.start(*words, **options)
        try:
            said, _ = process.communicate(stdin, timeout=60)
        finally:
            process.kill()
        return process.returncode, said

    def git(self, *words):
        done = subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@b", *words], cwd=self.root, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=True,
            env={k: v for k, v in os.environ.items() if not k.startswith("GIT_")},
        )
        return done.stdout

    def commit(self):
        if not shutil.which("git"):
            raise unittest.SkipTest("git is not installed")
        self.git("init", "-q")
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "start")


class Case(unittest.TestCase):
    """zh: 每项测试有一份自己的拷贝；不管说了什么，都不许有 Traceback。
    en: Each test has a copy of its own; whatever is said, it must not be a traceback."""

    def setUp(self):
        self.copy = Copy()
        self.addCleanup(self.copy.remove)

    def gone(self, started=True):
        """zh: started：一定有过。 en: started: there must have been some."""
        pids = self.copy.read("pids").split()
        self.assertTrue(pids or not started)
        self.assertEqual([pid for pid in pids if alive(int(pid))], [])

    def learn(self, *words, code=None, **options):
        found, said = self.copy.run(*words, **options)
        said = " ".join(said.split())  # zh: 折行不算 en: line breaks do not count
        self.assertNotIn("Traceback", said)
        self.assertNotIn("mistake of learn's own", said)
        if code is not None:
            self.assertEqual(found, code, said)
        return said
