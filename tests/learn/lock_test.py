# zh: 两条 ./learn 一起来：后来的等着，并说在等谁；被杀掉的不留下锁；进度一次也不少记。
# en: Two ./learn at once: the second waits and says for whom; one that is killed leaves no lock; no
#     progress is lost.
import json
import os
import signal
import unittest

import support

# zh: 握着锁，说一声，然后等标准输入。 en: Holds the lock, says so, and then waits for its input.
HOLD = """
def hold(*_):
    with lock.holding():
        print("holding", flush=True)
        sys.stdin.readline()
    print("let go", flush=True)
    return 0
session.one = hold
"""


class Lock(support.Case):
    def begin(self, *words, **options):
        process = self.copy.start(*words, **options)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        return process

    def holder(self, script=HOLD):
        process = self.begin("ex", "1.1", before=script)
        self.assertEqual(process.stdout.readline(), "holding\n")
        return process

    def test_the_task_is_shown_before_waiting(self):
        self.holder()
        second = self.begin("ex", "2.1")
        said = ""
        while "Another ./learn" not in said:
            said += second.stdout.readline()
        self.assertIn("**Predict**", said)

    def waiting(self, process):
        """zh: 读到它说在等为止。 en: Reads until it says that it waits."""
        for line in process.stdout:
            if "Another ./learn" in line:
                return line
            if line == "waiting\n":
                break
        return self.fail("it did not wait")

    def test_the_second_waits_says_for_whom_and_goes_on(self):
        first = self.holder()
        for words in (("ex", "2.1"), ("grade",), ("watch",), ("test",)):
            with self.subTest(words):
                second = self.begin(*words)
                said = self.waiting(second)
                self.assertIn(f"Another ./learn is compiling or judging ({first.pid}: ./learn ex 1.1)", said)
                self.assertIsNone(second.poll())
                second.kill()
        second = self.begin("ex", "2.1")
        self.waiting(second)
        first.stdin.write("\n")
        first.stdin.flush()
        said, _ = second.communicate(timeout=60)
        self.assertEqual(second.returncode, 1)
        self.assertIn("Not filled in yet", said)

    def test_what_needs_no_lock_does_not_wait(self):
        self.holder()
        for words in (("ex",), ("hint", "1.1"), ("reset", "1.1"), ("help",)):
            with self.subTest(words):
                self.assertNotIn("Another ./learn", self.learn(*words, code=0))

    def test_waiting_can_be_interrupted(self):
        self.holder()
        second = self.begin("ex", "2.1")
        self.waiting(second)
        second.send_signal(signal.SIGINT)
        said, _ = second.communicate(timeout=60)
        self.assertEqual((second.returncode, "Traceback" in said), (130, False))

    def test_a_holder_that_is_killed_leaves_no_lock_though_its_workers_live(self):
        # zh: 工人由 fork 而来，主人死了它还在 en: the worker is forked and outlives its owner
        worker = HOLD.replace(
            'print("holding"', 'import os, time\n        if os.fork() == 0: time.sleep(30); os._exit(0)\n'
            '        print("holding"',
        )
        first = self.holder(worker)
        self.addCleanup(os.killpg, first.pid, signal.SIGKILL)
        first.kill()
        first.wait()
        self.assertNotIn("Another ./learn", self.learn("ex", "1.1", code=1))

    def watching(self):
        """zh: 等着保存的 watch；给它一行，它就再看一眼。
        en: A watch that waits for a save; given a line, it looks again."""
        script = (
            "def waits(_):\n"
            "    print('waiting', flush=True); sys.stdin.readline()\n"
            "session.time.sleep = waits\n"
        )
        process = self.begin("watch", before=script)
        for line in process.stdout:
            if line == "waiting\n":
                return process
        return self.fail("it did not wait")

    def test_watch_lets_go_while_it_waits_for_a_save(self):
        self.watching()
        self.assertNotIn("Another ./learn", self.learn("ex", "1.1", code=1))

    def test_watch_waits_for_the_lock_before_it_judges_a_save(self):
        watching = self.watching()
        self.holder()
        self.copy.write("first = a\n", "answers", "ch1_entry", "1_who_speaks.txt")
        watching.stdin.write("\n")
        watching.stdin.flush()
        self.waiting(watching)

    def test_a_learn_that_is_run_by_the_holder_does_not_wait_for_it(self):
        child = HOLD.replace(
            "sys.stdin.readline()",
            "import os, subprocess; exit_code = subprocess.run([sys.executable, 'learn.d/main.py', 'ex']"
            " ).returncode; print(os.environ['LEARN_LOCKED'] == job.ROOT and exit_code, flush=True)",
        ).replace("'ex'", "'test', 'ch1'").replace("'learn.d/main.py'", "'-c', INNER")
        inner = (
            "INNER = 'import sys; sys.path.insert(0, \"learn.d\"); import main; main.LOCKED.update(test=lambda _: 7);"
            " sys.exit(main.guarded(sys.argv[1:]))'\n"
        )
        self.assertIn("holding 7 let go", self.learn("ex", "1.1", before=inner + child, code=0))

    def test_no_progress_is_lost_when_many_write_at_once(self):
        many = "for _ in range(20): progress.asked('1.1')\n"
        running = [self.begin("help", before=many) for _ in range(4)]
        for process in running:
            process.communicate(timeout=60)
            self.assertEqual(process.returncode, 0)
        record = json.loads(self.copy.read(".learn", "progress.json"))["exercises"]["1.1"]
        self.assertEqual(record["asked"], 80)


if __name__ == "__main__":
    unittest.main()
