# zh: 编译器：不见了、换了、停不下来、要得太多；从别处来的 doctest。
# en: The compiler: gone, changed, without an end, wanting too much; and a doctest from elsewhere.
import json
import os
import signal
import subprocess
import unittest

import support

PROJECT = """
cmake_minimum_required(VERSION 3.25)
project(tiny LANGUAGES %s)
add_custom_target(exercises)
"""
BUILD = "session.listing = lambda: build.build('default', ['exercises']) or 0"

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


class Variables(support.Case):
    def test_a_compiler_that_is_gone_is_told_by_its_name(self):
        self.copy.write(PROJECT % "CXX", "CMakeLists.txt")
        for cxx in ("/no/such/clang++-99", "no-such-compiler"):
            with self.subTest(cxx):
                said = self.learn("ex", before=BUILD, code=1, CXX=cxx)
                self.assertIn(f'The variable CXX is "{cxx}"', said)
                self.assertIn("unset CXX", said)

    def test_what_changed_is_told_and_takes_effect(self):
        self.copy.write(PROJECT % "NONE" + "file(WRITE ${CMAKE_BINARY_DIR}/seen $ENV{CXX})", "CMakeLists.txt")
        told = "The variable CXX has changed (before: {}; now: {})"
        for before, now in (("", ""), ("unset", "clang++"), ("clang++", "g++"), ("g++", "")):
            said = self.learn("ex", before=BUILD, code=0, CXX=now)
            if before:
                self.assertIn(told.format(before, now or "unset"), said)
            else:
                self.assertNotIn("has changed", said)
            self.assertEqual(self.copy.read("build", "default", "seen").decode(), now)
            self.assertNotIn("has changed", self.learn("ex", before=BUILD, code=0, CXX=now))


class Bounds(support.Case):
    def gone(self):
        started = self.copy.read("pids").split()
        self.assertNotEqual(started, [])
        self.assertEqual([pid for pid in started if alive(int(pid))], [])

    def test_what_takes_too_long_is_stopped_with_its_children(self):
        script = (
            f"import subprocess\ntry: job.output({ENDLESS}, 0.5)\n"
            "except subprocess.TimeoutExpired: print('time is up')"
        )
        self.assertIn("time is up", self.learn("help", before=script, code=0))
        self.gone()

    def test_an_interrupted_compiler_leaves_nothing(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(number):
                script = f"Workbench.answer = lambda *_: print(workshop.run({ENDLESS}, folder='.'))"
                # zh: 编译器的话直接给测试看 en: what the compiler says goes to the test at once
                script += "\nimport subprocess\nstart = subprocess.Popen"
                script += "\nsubprocess.Popen = lambda *a, **k: start(*a, **k | {'stderr': None})"
                self.copy.write("int a;\n", "answers", "ch3_runqueue", "2_ring.cpp")
                process = self.copy.start("ex", "3.2", before=script)
                self.addCleanup(process.kill)
                while process.stdout.readline() != "compiling\n":
                    self.assertIsNone(process.poll())
                os.kill(process.pid, number)
                said, _ = process.communicate(timeout=60)
                self.assertEqual(process.returncode, 128 + number, said)
                self.gone()

    def test_a_signal_at_a_birth_leaves_nothing(self):
        """zh: 信号正好在 fork 之后来：在主线程里，在看守里，在交给另一个线程的时候。
        en: A signal right after a fork: in the main thread, in the warden, while handing to another
        thread."""
        born = (
            "import signal, subprocess\nbear = subprocess.Popen\n"
            "def signalled(*a, **k):\n"
            "    child = bear(*a, **k)\n"
            "    os.kill(os.getpid(), signal.SIGTERM)\n"
            "    return child\n"
            "subprocess.Popen = signalled\n"
        )
        handed = (
            "import signal, threading, time\nbegin = threading.Thread.start\n"
            "def signalled(thread):\n"
            "    begin(thread)\n"
            "    while not job.running: time.sleep(0.001)\n"
            "    os.kill(os.getpid(), signal.SIGTERM)\n"
            "threading.Thread.start = signalled\n"
        )
        # zh: 看守在 / 里运行 en: the warden runs in /
        here = ["sh", "-c", f"cd '{self.copy.root}'; " + ENDLESS[2]]
        compile_it = f"workshop.run({ENDLESS}, folder='.')"
        for name, script in (
            ("main", f"{born}Workbench.prepare = lambda *_: {compile_it}"),
            ("passed through", f"{born}Workbench.prepare = lambda *_: job.passed_through({ENDLESS})"),
            ("read", f"{born}Workbench.prepare = lambda *_: job.lines({ENDLESS}, './log', print)"),
            ("warden", f"from exercises import warden\n{born}Workbench.prepare = lambda *_: warden.run({here})"),
            ("handed", f"{handed}Workbench.answer = lambda *_: {compile_it}"),
        ):
            with self.subTest(name):
                self.copy.write("", "pids")
                self.copy.write("int a;\n", "answers", "ch3_runqueue", "2_ring.cpp")
                self.learn("ex", "3.2", before=script, code=128 + signal.SIGTERM)
                self.assertEqual([pid for pid in self.copy.read("pids").split() if alive(int(pid))], [])

    def test_a_signal_that_does_not_wake_the_main_thread_is_heard(self):
        """zh: 内核把信号交给另一个线程，而主线程正睡着；信号正好在它睡下之前来，结果一样。
        en: The kernel gives the signal to another thread while the main one sleeps; one that comes just
        before it falls asleep has the same effect."""
        script = (
            "import signal, threading\n"
            "def asleep():\n"
            "    with open(f'/proc/self/task/{os.getpid()}/stat') as file:\n"
            "        waits = file.read().rpartition(')')[2].split()[0] == 'S'\n"
            "    return waits and sys._current_frames()[threading.main_thread().ident].f_code.co_name == 'together'\n"
            "first = iter([True])\n"
            "def answer(*_):\n"
            "    if next(first, False):\n"
            "        while not asleep(): pass\n"
            "        signal.pthread_kill(threading.get_ident(), signal.SIGTERM)\n"
            f"    workshop.run({ENDLESS}, folder='.')\n"
            "Workbench.answer = answer\n"
        )
        self.copy.write("int a;\n", "answers", "ch3_runqueue", "2_ring.cpp")
        self.learn("ex", "3.2", before=script, code=128 + signal.SIGTERM)

    def test_memory_has_a_bound(self):
        asks = "try: print(len(bytearray(8 << 30)))\nexcept MemoryError: print('refused')"
        script = f"print(workshop.run(['python3', '-c', {asks!r}]).stdout)"
        self.assertTrue(self.learn("help", before=script, code=0).startswith("refused"))

    def test_it_gets_no_input_and_none_of_the_environment(self):
        script = "print('read:', repr(workshop.run(['cat']).stdout))"
        process = self.copy.start("help", before=script)
        self.addCleanup(process.kill)
        # zh: 标准输入开着，cat 也立刻读到头 en: with our input open cat is at the end at once
        self.assertEqual(process.stdout.readline(), "read: ''\n")
        process.communicate(timeout=60)
        script = "print('CPATH=' + workshop.run(['sh', '-c', 'echo $CPATH']).stdout)"
        self.assertTrue(self.learn("help", before=script, code=0, CPATH="/odd").startswith("CPATH= "))

    def test_temporary_files_are_removed_however_it_ends(self):
        script = (
            "import subprocess\nworkshop.PATIENCE = 0.5\n"
            "for end in 'true', 'false', 'kill -9 $$', 'sleep 1000':\n"
            "    try: workshop.run(['sh', '-c', 'touch \"$TMPDIR/left\"; echo \"$TMPDIR\" >>dirs; ' + end])\n"
            "    except subprocess.TimeoutExpired: pass"
        )
        self.learn("help", before=script, code=0)
        folders = self.copy.read("dirs").decode().split()
        self.assertEqual((len(set(folders)), [f for f in folders if os.path.exists(f)]), (4, []))


class Doctest(unittest.TestCase):
    def test_from_conda_vcpkg_or_nix_it_reaches_answers_tests_and_judge(self):
        # zh: 一个空的 doctest 包，装在别处 en: an empty package of doctest, installed elsewhere
        copy = support.Copy()
        self.addCleanup(copy.remove)
        prefix, build = copy.path("prefix"), copy.path("build")
        copy.write("function(doctest_discover_tests)\nendfunction()\n", "prefix", "lib", "cmake", "doctest", "doctest.cmake")
        copy.write(
            "add_library(doctest::doctest INTERFACE IMPORTED)\n"
            f'set_target_properties(doctest::doctest PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "{prefix}/include")\n'
            "list(APPEND CMAKE_MODULE_PATH ${CMAKE_CURRENT_LIST_DIR})\n",
            "prefix", "lib", "cmake", "doctest", "doctestConfig.cmake",
        )
        os.mkdir(copy.path("prefix", "include"))
        done = subprocess.run(
            ["cmake", "-S", support.ROOT, "-B", build, "-G", "Ninja", "-DCMAKE_PREFIX_PATH=" + prefix],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        self.assertEqual(done.returncode, 0, done.stdout)
        with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
            commands = json.load(file)
        seen = {}
        for entry in commands:
            folder = entry["file"].removeprefix(support.ROOT + os.sep).split(os.sep)[0]
            for target in ("exercise_judge", "exercise_tests_real", "exercise_tests_checked", "newproc_testing"):
                if f"{target}.dir" in entry["command"]:
                    seen.setdefault(target, []).append(prefix + "/include" in entry["command"].replace("\\", ""))
        self.assertEqual({target: all(found) for target, found in seen.items()}, dict.fromkeys(
            ("exercise_judge", "exercise_tests_real", "exercise_tests_checked", "newproc_testing"), True
        ))


if __name__ == "__main__":
    unittest.main()
