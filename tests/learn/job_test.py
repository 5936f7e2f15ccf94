# zh: 许多件事轮着做：每件恰好一次，至多同时几件，叫停就停。
# en: Many tasks in turn: each just once, no more at a time than asked for, and none after a stop.
import os
import sys
import threading
import unittest
from unittest import mock

import support

sys.path.insert(0, os.path.join(support.ROOT, "learn.d"))
from ground import job, signals  # noqa: E402


class InTurn(unittest.TestCase):
    def test_each_once(self):
        done = []
        job.in_turn([lambda i=i: done.append(i) for i in range(1000)], 3)
        self.assertEqual(sorted(done), [*range(1000)])

    def test_so_many_at_a_time(self):
        # zh: 三件都到了才走得下去；第四个工人不存在 en: they go on when three are there; there is no fourth worker
        meet, inside, most = threading.Barrier(3, timeout=60), [], []

        def task():
            inside.append(1)
            meet.wait()
            most.append(len(inside))
            meet.wait()
            inside.pop()
            meet.wait()

        job.in_turn([task] * 9, 3)
        self.assertEqual(most, [3] * 9)

    def test_none_begins_after_a_stop(self):
        done = []

        def stop():
            done.append("stop")
            signals.stopped_by = 15

        with mock.patch.object(signals, "stopped_by", None):
            job.in_turn([stop, *(lambda: done.append("more") for _ in range(9))], 1)
        self.assertEqual(done, ["stop"])

    def test_a_failure_is_told_when_the_others_are_done(self):
        done = []

        def fail():
            raise ValueError("told")

        with self.assertRaisesRegex(ValueError, "told"):
            job.in_turn([fail, *(lambda i=i: done.append(i) for i in range(9))], 2)
        self.assertEqual(len(done), 9)


if __name__ == "__main__":
    unittest.main()
