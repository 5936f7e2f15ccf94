# zh: Ctrl-C、kill、关掉终端：无论信号来得多巧，learn 都停下，什么也不留。
# en: Ctrl-C, kill, a closed terminal: however unlucky the moment of the signal, learn stops and leaves nothing.
import os
import signal
import unittest

import support
from support import ENDLESS

# zh: 主线程睡在 where 里时，把信号给这个线程：主线程不会因此醒来。
# en: While the main thread sleeps in where the signal goes to this thread: it does not wake the main one.
SIGNAL_THAT_WAKES_NOBODY = """
import signal, threading
def signal_this_thread(where):
    def asleep():
        with open(f"/proc/self/task/{os.getpid()}/stat") as file:
            sleeps = file.read().rpartition(")")[2].split()[0] == "S"
        return sleeps and sys._current_frames()[threading.main_thread().ident].f_code.co_name == where
    while not asleep(): pass
    signal.pthread_kill(threading.get_ident(), signal.SIGTERM)
"""


class Signals(support.Case):
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
                self.gone(started=False)
        with self.subTest("a worker of grade"):
            self.copy.write("", "pids")
            self.copy.run("grade", before=f"{born}Workbench.answer = lambda *_: {compile_it}")
            self.gone(started=False)

    def test_a_signal_that_does_not_wake_the_main_thread_is_heard(self):
        """zh: 内核把信号交给另一个线程，而主线程正睡着；信号正好在它睡下之前来，结果一样。
        en: The kernel gives the signal to another thread while the main one sleeps; one that comes just
        before it falls asleep has the same effect."""
        script = (
            f"{SIGNAL_THAT_WAKES_NOBODY}"
            "first = iter([True])\n"
            "def answer(*_):\n"
            "    if next(first, False): signal_this_thread('together')\n"
            f"    workshop.run({ENDLESS}, folder='.')\n"
            "Workbench.answer = answer\n"
        )
        self.copy.write("int a;\n", "answers", "ch3_runqueue", "2_ring.cpp")
        self.learn("ex", "3.2", before=script, code=128 + signal.SIGTERM)

    def test_a_worker_of_grade_hears_its_own_signal(self):
        script = (
            f"{SIGNAL_THAT_WAKES_NOBODY}"
            "import time\n"
            "def answer(*_):\n"
            "    threading.Thread(target=signal_this_thread, args=['answer']).start()\n"
            "    time.sleep(1000)\n"
            "Workbench.answer = answer\n"
        )
        self.copy.write("int a;\n", "answers", "ch3_runqueue", "2_ring.cpp")
        self.assertEqual(self.copy.run("grade", before=script)[0], 1)

    def test_a_worker_of_grade_that_is_told_to_stop_at_its_birth_stops(self):
        script = (
            "import signal, time\n"
            "os.register_at_fork(after_in_child=lambda: os.kill(os.getpid(), signal.SIGTERM))\n"
            "Workbench.answer = lambda *_: time.sleep(1000)\n"
        )
        self.copy.write("int a;\n", "answers", "ch3_runqueue", "2_ring.cpp")
        self.assertEqual(self.copy.run("grade", before=script)[0], 1)

    def test_what_is_to_stop_begins_nothing_more(self):
        script = (
            "import signal, threading\n"
            "def answer(*_):\n"
            "    os.kill(os.getpid(), signal.SIGTERM)\n"
            "    while not signals.stopped_by: pass\n"
            "    job.output(['touch', 'begun'], 60, cwd='.')\n"
            "Workbench.answer = answer\n"
        )
        self.copy.write("int a;\n", "answers", "ch3_runqueue", "2_ring.cpp")
        self.learn("ex", "3.2", before=script, code=128 + signal.SIGTERM)
        self.assertFalse(os.path.exists(self.copy.path("begun")))


if __name__ == "__main__":
    unittest.main()
