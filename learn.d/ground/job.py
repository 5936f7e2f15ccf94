# zh: 运行别的程序：逐行读它的输出，记进日志；自己被中断时，把它和它的孩子都停掉。
# en: Running other programs: reads their output line by line into a log; when interrupted, stops
#     them and their children.
import contextlib
import os
import queue
import signal
import subprocess
import threading
import time

from ground.records import ROOT
from ground.say import Trouble


STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
running = set()
# zh: 让我们停下的信号；正在做不能半途而废的事时，先记在 held_back。
# en: The signal that stops us; while something is done that must not end half-way it is held back.
stopped_by = None
holding, held_back = 0, None


class Stop(BaseException):
    """zh: 收到了信号。 en: A signal came."""

    def __init__(self, number):
        super().__init__(number)
        self.number = number


def catch_signals():
    """zh: 从此信号成为 Stop，由主线程抛出。 en: From now on signals become Stop, thrown by the main thread."""
    def heard(number, _):
        global stopped_by, held_back
        for later in STOPPING:
            signal.signal(later, signal.SIG_IGN)
        stopped_by = number
        if holding:
            held_back = number
        else:
            raise Stop(number)

    for number in STOPPING:
        signal.signal(number, heard)
    signal.signal(signal.SIGUSR1, lambda *_: None)
    threading.Thread(target=wake_main, args=wakeup_pipe(), daemon=True).start()


def wakeup_pipe():
    reads, writes = os.pipe()
    os.set_blocking(writes, False)
    signal.set_wakeup_fd(writes, warn_on_full_buffer=False)
    return reads, threading.main_thread().ident


def wake_main(reads, main):
    """zh: 信号若正好在主线程就要等待时来，Python 只记下它，主线程照样睡去。所以一直叫它，直到它听见。
    en: If a signal comes when the main thread is just about to wait, Python only notes it, and the main
    thread goes to sleep all the same. So it is called until it has heard."""
    while number := os.read(reads, 1)[0]:
        while number in STOPPING and not stopped_by:
            signal.pthread_kill(main, signal.SIGUSR1)
            time.sleep(0.01)


@contextlib.contextmanager
def whole():
    """zh: 里面的事做完了，才让信号打断。只有主线程听得见信号。
    en: A signal interrupts only when what is inside is done. Only the main thread hears signals."""
    global holding, held_back
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    holding += 1
    try:
        yield
    finally:
        holding -= 1
        if held_back:
            number, held_back = held_back, None
            raise Stop(number)


def start(argv, **options):
    """zh: 每个孩子自成一组，好连它的孩子一起停；一生下来就记在 running 里，哪怕正好来了信号。
    en: Each child is a group of its own, so that its children are stopped with it; it stands in
    running from its birth on, even if a signal comes just then."""
    options = {"cwd": ROOT} | options
    with whole():
        if stopped_by:
            raise Stop(stopped_by)
        try:
            process = subprocess.Popen(
                argv, stdin=subprocess.DEVNULL, start_new_session=True, **options
            )
        except FileNotFoundError:
            raise Trouble("no_tool", tool=argv[0]) from None
        running.add(process)
    if stopped_by:
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
    """zh: 每件事一个线程，等它们都做完；来了信号就把它们的孩子都停掉，不等。
    en: Each task in a thread of its own; waits until all are done. A signal stops their children and
    is not waited for."""
    ended, failures = queue.SimpleQueue(), {}

    def do(task):
        try:
            task()
        except BaseException as failure:
            failures[task] = failure
        finally:
            ended.put(task)

    with whole():
        for task in tasks:
            threading.Thread(target=do, args=(task,)).start()
    try:
        for _ in tasks:
            ended.get()
    except Stop:
        stop_all()
        raise
    for task in tasks:
        if task in failures:
            raise failures[task]


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
