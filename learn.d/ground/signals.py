# zh: 人要我们停下（Ctrl-C、kill、关掉终端）：信号成为 Stop，由主线程抛出，一路收拾干净。
# en: A person wants us to stop (Ctrl-C, kill, a closed terminal): signals become Stop, thrown by the main
#     thread, and all is cleared away on its path.
import contextlib
import os
import signal
import threading
import time

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
stopped_by = None
holding = False


class Stop(BaseException):
    """zh: 收到了信号。 en: A signal came."""

    def __init__(self, number):
        super().__init__(number)
        self.number = number


def catch():
    """zh: 每个进程一次；用 forking 生下来的，从这时起才听得见。
    en: Once in each process; one that forking has given birth to hears from now on."""
    global holding
    holding = False
    for number in STOPPING:
        signal.signal(number, heard)
    signal.signal(signal.SIGUSR1, lambda *_: None)
    reads, writes = os.pipe()
    os.set_blocking(writes, False)
    signal.set_wakeup_fd(writes, warn_on_full_buffer=False)
    threading.Thread(target=wake_main, args=(reads,), daemon=True).start()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)


def heard(number, _):
    global stopped_by
    for later in STOPPING:
        signal.signal(later, signal.SIG_IGN)
    stopped_by = number
    if not holding:
        raise Stop(number)


def wake_main(reads):
    """zh: 信号若正好在主线程就要等待时来，Python 只记下它，主线程照样睡去。所以一直叫它，直到它听见。
    en: If a signal comes when the main thread is just about to wait, Python only notes it, and the main
    thread goes to sleep all the same. So it is called until it has heard."""
    while True:
        number = os.read(reads, 1)[0]
        while number in STOPPING and not stopped_by:
            signal.pthread_kill(threading.main_thread().ident, signal.SIGUSR1)
            time.sleep(0.01)


@contextlib.contextmanager
def whole():
    """zh: 已经要停下，就不开始；开始了就做完，才让信号打断。信号只到主线程，别的线程不受打断。
    en: Where we are to stop it does not begin; what has begun is done before a signal interrupts. Signals
    reach the main thread only, others are not interrupted."""
    global holding
    if stopped_by:
        raise Stop(stopped_by)
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    holding = True
    try:
        yield
    finally:
        holding = False
        if stopped_by:
            raise Stop(stopped_by)


@contextlib.contextmanager
def forking():
    """zh: 在里面生下自己的分身：给它的信号等着，直到它 catch。
    en: In here copies of ourselves are born: signals to them wait until they catch."""
    with whole():
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
