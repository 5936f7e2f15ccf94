# zh: 一把锁：同一份项目里，两条 ./learn 不会一起编译和评判。后来的等着，并且说出在等谁。锁是内核的
#     （flock），持有者怎样死的都会放开；文件里写的进程号只是给人看的。
# en: A lock: two ./learn in one checkout never compile and judge at once. The second waits and says for
#     whom. The lock is the kernel's (flock) and let go however its holder ends; the process id in the
#     file is there for people only.
import contextlib
import errno
import fcntl
import os
import sys

from ground import job
from ground.say import say

BUILD = "build.lock"
PROGRESS = "progress.lock"
# zh: 握着锁的 ./learn 运行的 ./learn（网站的实录）归它管，不必再等它
# en: a ./learn that is run by the holder (a transcript of the site) belongs to it and does not wait
VARIABLE = "LEARN_LOCKED"
INHERITED = os.environ.get(VARIABLE) == job.ROOT
held = {}  # zh: 名字 -> [描述符，进了几层] en: name -> [descriptor, how often entered]


def forget():
    """zh: 分出来的工人不握锁，不然主人死了锁还在。
    en: Forked workers hold no lock, or it would outlive its owner."""
    for descriptor, _ in held.values():
        os.close(descriptor)
    held.clear()


os.register_at_fork(after_in_child=forget)


def acquire(name):
    folder = os.path.join(job.ROOT, ".learn")
    os.makedirs(folder, exist_ok=True)
    descriptor = os.open(os.path.join(folder, name), os.O_RDWR | os.O_CREAT, 0o666)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if name == BUILD:
                said = os.pread(descriptor, 200, 0).decode("utf-8", "replace").strip()
                say("waiting_for_lock", who=said)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}: ./learn {' '.join(sys.argv[1:])}\n".encode("utf-8", "replace"), 0)
    except OSError as error:
        # zh: 有的文件系统没有锁：那就不锁 en: some file systems have no locks: then without
        if error.errno not in (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.ENOSPC):
            os.close(descriptor)
            raise
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


@contextlib.contextmanager
def holding(name=BUILD):
    """zh: 可以套着用。 en: May be nested."""
    if name == BUILD and INHERITED:
        yield
        return
    entry = held.get(name)
    if entry is None:
        entry = held[name] = [acquire(name), 0]
        if name == BUILD:
            os.environ[VARIABLE] = job.ROOT
    entry[1] += 1
    try:
        yield
    finally:
        entry[1] -= 1
        if entry[1] == 0 and held.get(name) is entry:
            del held[name]
            if name == BUILD:
                del os.environ[VARIABLE]
            os.close(entry[0])
