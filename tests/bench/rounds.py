# zh: 两个程序交替着跑几轮，每一行取中位数。
# en: Runs both programs in turn for several rounds and takes each row's median.
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

from ground import show
from ground.say import Trouble, say, text
from rows import FLOOR, ROWS, UNITS

GO_SOURCE = pathlib.Path(__file__).resolve().parent / "bench.go"
ROUNDS = 5
SECONDS = {False: 100, True: 24}  # zh: 过了这个时间不再开新的一轮 en: no new round after this time
PROGRAM_SECONDS = 60
# zh: 用户自己的这些设置不该左右结果。 en: The user's own settings of these shall not sway the result.
KNOBS = ("GOMAXPROCS", "GODEBUG", "GOGC", "GOMEMLIMIT")


def programs_of(build):
    """zh: 语言 -> 程序；没有 go 就只有 newproc。 en: Language -> program; without go newproc alone."""
    usual = build / "tests" / "bench" / "newproc_bench"
    found = [usual] if usual.is_file() else [path for path in build.rglob("newproc_bench") if path.is_file()]
    if not found:
        raise Trouble("bench_no_program", exit_code=2, folder=build)
    go = build_go(build)
    return {"newproc": found[0]} | ({"go": go} if go else {})


def build_go(build):
    if shutil.which("go") is None:
        say("bench_no_go")
        return None
    program = build / "go_bench"
    environment = dict(os.environ, GO111MODULE="off", GOFLAGS="", GOTOOLCHAIN="local")
    if "HOME" not in os.environ:
        environment.setdefault("GOCACHE", str(build / "go-cache"))
    done = subprocess.run(
        ["go", "build", "-o", str(program), str(GO_SOURCE)], env=environment, capture_output=True, text=True
    )
    if done.returncode != 0:
        say("bench_go_failed", said=(done.stderr.strip().splitlines() or ["?"])[-1])
        return None
    return program


def measure(program, row, procs, iterations):
    command = [str(program), row, str(procs)] + ([str(iterations)] if iterations else [])
    environment = {key: value for key, value in os.environ.items() if key not in KNOBS}
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=PROGRAM_SECONDS)
    except subprocess.TimeoutExpired:
        raise failed(command, f"> {PROGRAM_SECONDS} s") from None
    if done.returncode != 0:
        raise failed(command, f"exit {done.returncode}\n{done.stderr.strip()}")
    return json.loads(done.stdout)


def failed(command, how):
    return Trouble("bench_program_failed", said=f"{' '.join(command)}: {how}")


def run(programs, rows, quick):
    """zh: 各轮，和原地改写的一行进度。 en: The rounds, and one line of progress that is rewritten."""
    try:
        return all_rounds(programs, rows, quick)
    finally:
        progress("")


def all_rounds(programs, rows, quick):
    """zh: （行, P 数, 单位）-> 语言 -> 各轮的数；和轮数。
    en: (row, procs, unit) -> language -> numbers by round; and the number of rounds."""
    numbers, start = {}, time.monotonic()
    for number in range(1, ROUNDS + 1):
        # zh: 谁先跑，逐轮交换。 en: Who goes first changes with each round.
        order = list(programs) if number % 2 == 1 else list(reversed(programs))
        for row, procs, language in steps(rows, order):
            progress(text("bench_running", number=number, row=text("bench_" + row), procs=procs))
            values = measure(programs[language], row, procs, ROWS[row][1] if quick else None)
            for unit in UNITS:
                if unit in values:
                    by_language = numbers.setdefault((row, procs, unit), {})
                    by_language.setdefault(language, []).append(values[unit])
        if time.monotonic() - start > SECONDS[quick] * number / (number + 1):
            break  # zh: 再来一轮就超时了 en: one more round would take too long
    return numbers, number


def steps(rows, order):
    for row in rows:
        for procs in ROWS[row][0]:
            for language in order:
                if language != "go" or row not in FLOOR:
                    yield row, procs, language


def progress(doing):
    if show.rewritable(sys.stderr):
        print("\r\033[K" + show.clip(doing, show.screen_width() - 1), end="", file=sys.stderr, flush=True)


def summary(numbers):
    """zh: 每一行一条：中位数，和与 Go 的比值。 en: An entry for each row: medians, and the ratio to Go."""
    table = []
    for (row, procs, unit), by_language in numbers.items():
        entry = {"row": row, "procs": procs, "unit": unit}
        for language, values in by_language.items():
            entry[language] = statistics.median(values)
        if entry.get("go") and "newproc" in entry:
            entry["ratio"] = entry["newproc"] / entry["go"]
        table.append(entry)
    return table
