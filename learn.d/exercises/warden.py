# zh: 看守：在界限之内运行一个不可信的程序，听它经套接字送来的话。口令见 exercises/harness/gate.cpp。
#     CPU、地址空间、文件的上限由程序自己的大门设下；这里看时间、进程数、实际用掉的内存和输出的长短，
#     结束后把它留下的一切都停掉。
# en: The warden: runs a program that is not trusted, within bounds, and listens to what it sends
#     through a socket. For the nonce see exercises/harness/gate.cpp. The program's own gate limits CPU,
#     address space and files; here we watch the time, the number of processes, the memory in use and
#     the length of its output, and in the end stop all that it left behind.
import ctypes
import json
import os
import secrets
import selectors
import signal
import socket
import subprocess
import time

from ground import job

WALL_SECONDS = 30
PROCESSES = 64
THREADS = 512
MEMORY = 2 << 30
OUTPUT = 1 << 20
EVENTS = 4 << 20
TICK = 0.05
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36


class Outcome:
    def __init__(self):
        self.stopped = None  # zh: wall、processes、memory、output en: which bound it broke
        self.code = None
        self.forged = False
        self.events = []
        self.output = ""
        self.seconds = 0.0

    def of(self, kind):
        return [event for event in self.events if event.get("event") == kind]


def adopt_orphans():
    """zh: 孙子们的父亲死了，就归我们：没有谁能溜走。
    en: Grandchildren whose parent has died become ours: nobody slips away."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_with_parent():
    """zh: 父亲怎样死的都一样：我们收到 SIGTERM。 en: However the parent dies, we get SIGTERM."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def stat_of(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            fields = file.read().rpartition(")")[2].split()
    except OSError:
        return None
    # zh: 父、会话、线程数、常驻页数 en: parent, session, threads, resident pages
    return int(fields[1]), int(fields[3]), int(fields[17]), int(fields[21])


def members(session):
    found = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            stat = stat_of(name)
            if stat and stat[1] == session:
                found[int(name)] = stat
    return found


def children():
    return {int(p) for p in os.listdir("/proc") if p.isdigit() and (stat_of(p) or (0,))[0] == os.getpid()}


def broken_bound(session, began, patience):
    if time.monotonic() - began > patience:
        return "wall"
    family = members(session).values()
    if len(family) > PROCESSES or sum(stat[2] for stat in family) > THREADS:
        return "processes"
    if sum(stat[3] for stat in family) * os.sysconf("SC_PAGE_SIZE") > MEMORY:
        return "memory"
    return None


def sweep(process, known):
    """zh: 停掉这一群，和溜出群的。反复做到没有为止：有的也许正在生。
    en: Stops the group and those who left it, again and again until there are none: some may be in
    the middle of a birth."""
    for _ in range(1000):
        left = children() - known - {process.pid} if known is not None else set()
        family = set(members(process.pid)) | left
        for pid in family:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        for pid in left:
            try:
                os.waitpid(pid, 0)
            except ChildProcessError:
                pass
        process.poll()
        if not family - {process.pid} and process.returncode is not None:
            return


def run(argv, language="en", patience=WALL_SECONDS):
    adopt_orphans()
    known, out = children(), Outcome()
    ours, theirs = socket.socketpair()
    nonce = secrets.token_hex(16)
    ours.sendall(nonce.encode())
    environment = {"PATH": "/usr/bin:/bin", "LANG": language, "NEWPROC_VERDICT_FD": str(theirs.fileno())}
    began = time.monotonic()
    process = job.start(
        argv, cwd="/", env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        pass_fds=[theirs.fileno()],
    )
    theirs.close()
    heard = {"events": b"", "output": b""}
    ended = os.pidfd_open(process.pid)
    try:
        with selectors.DefaultSelector() as waiting:
            for file, name in ((ours, "events"), (process.stdout, "output")):
                os.set_blocking(file.fileno(), False)
                waiting.register(file, selectors.EVENT_READ, name)
            waiting.register(ended, selectors.EVENT_READ, "end")
            listen(waiting, heard, out, process.pid, began, patience)
            sweep(process, known)
            waiting.unregister(ended)
            drain(waiting, heard)
    finally:
        sweep(process, None)
        job.running.discard(process)
        for thing in (ours, process.stdout):
            thing.close()
        os.close(ended)
    out.code, out.seconds = process.returncode, time.monotonic() - began
    out.output = heard["output"][:OUTPUT].decode("utf-8", "replace")
    understand(heard["events"], nonce, out)
    return out


def listen(waiting, heard, out, session, began, patience):
    """zh: 听到它结束，或它破了一条界限。 en: Listens until it ends or breaks a bound."""
    looked = 0.0
    while True:
        for key, _ in waiting.select(TICK):
            if key.data == "end":
                return
            take(waiting, key, heard)
        if len(heard["output"]) > OUTPUT or len(heard["events"]) > EVENTS:
            out.stopped = "output"
        elif time.monotonic() - looked > 2 * TICK:
            looked = time.monotonic()
            out.stopped = broken_bound(session, began, patience)
        if out.stopped:
            return


def take(waiting, key, heard):
    try:
        part = os.read(key.fd, 1 << 16)
    except BlockingIOError:
        return False
    except OSError:
        part = b""
    if not part:
        waiting.unregister(key.fileobj)
        return False
    heard[key.data] += part
    return True


def drain(waiting, heard):
    """zh: 人都停了，管道里剩下的不会再多。 en: All are stopped, so what is left in the pipes is all."""
    for key in list(waiting.get_map().values()):
        while len(heard[key.data]) <= EVENTS and take(waiting, key, heard):
            pass


def understand(data, nonce, out):
    for line in data.decode("utf-8", "replace").split("\n"):
        if not line:
            continue
        password, _, text = line.partition(" ")
        if not secrets.compare_digest(password.encode(), nonce.encode()):
            out.forged = True
            continue
        try:
            out.events.append(json.loads(text))
        except ValueError:
            out.forged = True
