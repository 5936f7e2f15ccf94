# zh: 运行别的程序：逐行读它的输出，记进日志；自己被中断时，把它和它的孩子都停掉。
# en: Running other programs: reads their output line by line into a log; when interrupted, stops
#     them and their children.
import os
import queue
import signal
import subprocess
import threading

from ground import signals
from ground.records import ROOT
from ground.say import Trouble


running = set()


def start(argv, **options):
    """zh: 每个孩子自成一组，好连它的孩子一起停；一生下来就记在 running 里，哪怕正好来了信号。
    en: Each child is a group of its own, so that its children are stopped with it; it stands in
    running from its birth on, even if a signal comes just then."""
    options = {"cwd": ROOT} | options
    with signals.whole():
        try:
            process = subprocess.Popen(
                argv, stdin=subprocess.DEVNULL, start_new_session=True, **options
            )
        except FileNotFoundError:
            raise Trouble("no_tool", tool=argv[0]) from None
        running.add(process)
    if signals.stopped_by:  # zh: 别的线程 en: in another thread
        stop(process)
    return process


def stop(process):
    for number, patience in ((signal.SIGINT, 3), (signal.SIGTERM, 3), (signal.SIGKILL, 10)):
        try:
            os.killpg(process.pid, number)
            process.wait(patience)
        except ProcessLookupError:
            break
        except subprocess.TimeoutExpired:
            continue
    running.discard(process)
    # zh: 头走了，组里也许还有人。 en: The leader has gone; others of the group may be left.
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def stop_all():
    """zh: 停掉所有正在跑的。别的线程也不再开始新的，见 start。
    en: Stops all that is running. Other threads begin nothing more, see start."""
    for process in list(running):
        stop(process)


def together(*tasks):
    """zh: 每件事一个线程，等它们都做完；Stop 不等，guarded 会把它们的孩子都停掉。
    en: Each task in a thread of its own; waits until all are done. Stop does not wait: guarded stops their
    children."""
    ended, failures = queue.SimpleQueue(), {}

    def do(task):
        try:
            task()
        except BaseException as failure:
            failures[task] = failure
        finally:
            ended.put(task)

    for task in tasks:
        threading.Thread(target=do, args=(task,)).start()
    for _ in tasks:
        ended.get()
    for task in tasks:
        if task in failures:
            raise failures[task]


def in_turn(tasks, workers):
    """zh: 许多件事，同时做 workers 件，等它们都做完；有人叫停就不再开始。
    en: Many tasks, so many at a time; waits until all are done. When told to stop no more are begun."""
    left = iter(list(tasks))

    def work():
        for task in left:
            if signals.stopped_by:
                return
            task()

    together(*(lambda: work() for _ in range(workers)))


def lines(argv, log, on_line):
    """zh: 运行，每行输出交给 @p on_line，全部记在 @p log。返回退出码。
    en: Runs, gives each line of output to on_line, keeps all in log. Returns the exit code."""
    os.makedirs(os.path.dirname(log), exist_ok=True)
    with open(log, "w", encoding="utf-8") as record:
        process = start(
            argv,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
        try:
            for line in process.stdout:
                record.write(line)
                on_line(line.rstrip("\n"))
            return ended(process)
        except BaseException:
            stop(process)
            raise


def passed_through(argv):
    """zh: 运行，输出直接给读者。 en: Runs; the output goes straight to the reader."""
    process = start(argv)
    try:
        return ended(process)
    except BaseException:
        stop(process)
        raise


def ended(process):
    code = process.wait()
    running.discard(process)
    return code


def output(argv, patience, **options):
    """zh: 运行，返回退出码、标准输出、标准错误；到时间就停掉，抛出 TimeoutExpired。
    en: Runs; returns exit code, output, error output; stopped when time is up (TimeoutExpired)."""
    process = start(
        argv,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        **options,
    )
    try:
        out, err = process.communicate(timeout=patience)
        return ended(process), out, err
    except BaseException:
        stop(process)
        raise
