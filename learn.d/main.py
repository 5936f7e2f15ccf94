# zh: learn 的命令。../learn 先补齐工具，再来这里；--check 只看参数对不对。
# en: The commands of learn. ../learn sets up the tools first, then comes here; --check only looks
#     at the arguments.
import errno
import os
import signal
import subprocess
import sys
import traceback

if __name__ == "__main__":
    # zh: 载入下面这些的时候按 Ctrl-C，也不留 Traceback
    # en: Ctrl-C while these are imported leaves no traceback either
    signal.signal(signal.SIGINT, signal.SIG_DFL)

# zh: 在载入别的之前：它们用了旧的 Python 没有的东西。../learn 会去找够新的。
# en: Before the others are imported, which use what an old Python has not. ../learn looks for a new one.
if sys.version_info < (3, 9):
    sys.exit("learn 要 Python 3.9 或更新，请运行 ./learn / learn needs Python 3.9 or newer: run ./learn")

import usage
from book import counters, docs, reading_copy
from exercises import grade, selfcheck, session
from ground import build, job, lock, progress, show, signals
from ground.say import LANG, Trouble, say, text
from ground.spine import CHAPTERS
from proof import everything


def start():
    numbers = list(CHAPTERS)
    build.build("default", [f"checkpoint{n}" for n in numbers])
    found = {}
    with show.Progress(text("running")) as line:
        for n in numbers:
            line.step(n, len(numbers), CHAPTERS[n].key)
            found[n] = counters.measure(n)
    print(text("title", n=len(numbers)) + "\n\n" + show.table(counters.overview(found)) + "\n")
    print(show.wrap(text("about_table")) + "\n")
    for n in numbers:
        print(show.wrap(counters.sentence(n, found[n], found.get(n - 1)), "     ", f"  {n}  "))
    print("\n" + "\n".join(progress.report()))
    return 0


def chapter(n):
    build.build("default", [f"checkpoint{k}" for k in (n - 1, n) if k > 0])
    now = counters.measure(n, aloud=True)
    before = counters.measure(n - 1) if n > 1 else None
    if before:
        print("\n" + text("beside"))
    for name in [name for name in ("document", "work") if name in now]:
        print(f"\n{text(name)}\n{show.table(counters.beside(n, now, before, name))}")
    print("\n" + show.wrap(counters.sentence(n, now, before), "", ""))
    progress.mark(n)
    print("\n" + "\n".join(progress.report()))
    return 0


def test(said):
    if said.all:
        return everything.everything((text("step_exercises"), selfcheck.command))
    build.build("default")
    build.test("default", label=said.chapter)
    return 0


def ex(said):
    if said.check or said.seal or said.mutants:
        with lock.holding():
            if said.mutants:
                # zh: 变异器在 tests/ 里，别的命令不靠它 en: the mutator is in tests/, other commands need none of it
                from exercises import mutation

                return mutation.command(None if said.mutants is True else said.mutants)
            if said.seal:
                return session.seal(said.seal)
            return selfcheck.command(None if said.check is True else said.check)
    if said.wrong:
        return session.wrong_answers(*said.wrong)
    if said.task:
        return session.task(said.number)
    return session.one(said.number) if said.number else session.listing()


def check(said):
    # zh: 到这里才载入：别的命令用不着它 en: loaded here: other commands don't need it
    from proof import interleavings

    return interleavings.run(said)


def bench(said):
    driver = os.path.join(job.ROOT, "tests", "bench", "run.py")
    if not os.path.exists(driver):
        raise Trouble("no_bench")
    build.build("release", ["bench"])
    argv = [sys.executable, driver, "--build", build.folder("release"), "--lang", LANG]
    argv += [option for option, wanted in (("--quick", said.quick), ("--json", said.json)) if wanted]
    code = job.passed_through(argv)
    if code != 0:
        raise Trouble("bench_failed", code=code)
    return 0


def show_help(said):
    print(usage.help_text(said.topic if said.command == "help" and not said.help else said.command or None))
    return 0


# zh: 自己管锁的（边等边做别的），和从头到尾握着锁的
# en: those that mind the lock themselves, as they wait or do other things too, and those that hold it
#     from beginning to end
FREE = {
    "help": show_help,
    "docs": docs.run,
    "read": reading_copy.run,
    "ex": ex,
    "watch": lambda said: session.watch(),
    "hint": lambda said: session.hint(said.number),
    "reset": lambda said: session.reset(said.number),
    "solution": lambda said: session.solution(said.number),
}
LOCKED = {
    "": lambda said: start(),
    "ch": lambda said: chapter(said.chapter),
    "test": test,
    "check": check,
    "bench": bench,
    "grade": grade.command,
}


def main(words):
    only_check = words[:1] == ["--check"]
    said = usage.parse(words[1:] if only_check else words)
    if only_check:
        return 0
    if said.help:
        return show_help(said)
    if said.command in FREE:
        return FREE[said.command](said)
    with lock.holding():
        return LOCKED[said.command](said)


def guarded(words):
    """zh: 每种失败都是一句话和一个退出码。 en: Every failure is one sentence and an exit code."""
    try:
        return main(words)
    except Trouble as trouble:
        say(trouble.key, **trouble.values)
        return trouble.exit_code
    except signals.Stop as stop:
        job.stop_all()
        print(file=sys.stderr)
        say("interrupted")
        return 128 + stop.number
    except BrokenPipeError:
        # zh: 读者关了管道（比如 head）。 en: The reader closed the pipe (head, say).
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 141
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            say("disk_full")
        elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS) and error.filename:
            say("unwritable", path=named(error.filename))
        elif error.errno in (errno.EEXIST, errno.ENOTDIR, errno.EISDIR) and error.filename:
            say("in_the_way", path=named(obstacle(error.filename)))
        elif error.errno == errno.ENOENT and error.filename:
            say("file_missing", path=named(error.filename))
        else:
            say("os_error", text=error)
        return 1
    except subprocess.TimeoutExpired as late:
        say("too_slow", command=" ".join(map(str, late.cmd)), seconds=round(late.timeout))
        return 1
    except Exception:
        return unexpected(words)


def named(filename):
    return build.shown(os.fsdecode(filename))


def obstacle(path):
    """zh: 路上第一个不是文件夹的。 en: The first thing on the way that is not a folder."""
    above = os.path.dirname(path)
    return path if not above or os.path.isdir(above) else obstacle(above)


def unexpected(words):
    """zh: 剩下的都是 learn 自己的错：一句话，细节进日志。
    en: What is left is a mistake of learn's own: one sentence, and the details in a log."""
    log = build.log_of("error")
    try:
        os.makedirs(os.path.dirname(log), exist_ok=True)
        with open(log, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"./learn {' '.join(words)}\n{sys.version}\n{traceback.format_exc()}")
    except OSError:
        log = ""
    kind = sys.exc_info()[0].__name__
    say("unexpected" if log else "unexpected_unlogged", kind=kind, log=build.shown(log) if log else "")
    return 1


if __name__ == "__main__":
    # zh: 关了的标准输入、输出是 None en: standard streams that are closed are None
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")
    # zh: 文件名可以是任何字节，照样说得出来 en: file names may be any bytes, and are told all the same
    sys.stdout.reconfigure(line_buffering=True, errors="backslashreplace")
    show.mind_the_edge()
    signals.catch()
    sys.exit(guarded(sys.argv[1:]))
