#!/usr/bin/env python3
# zh: 把 newproc_bench 和它的 Go 孪生交替地跑几轮，取中位数，打印对照表。
#     没有 go 就只量 newproc。快慢不算成败：只有程序出错，退出码才不是 0。
# en: Runs newproc_bench and its Go twin in turn for several rounds, takes medians, prints both side
#     by side. Without go it measures newproc alone. Slow is not a failure: the exit code is 0
#     unless a program fails.
import argparse
import datetime
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import time
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
ROUNDS = 5
SECONDS = {False: 100, True: 24}  # zh: 过了这个时间不再开新的一轮 en: no new round after this time
PROGRAM_SECONDS = 60

# zh: 行：P 的个数，--quick 时的次数。 en: Row: numbers of Ps, iterations with --quick.
ROWS = {
    "spawn": ((1, 2), 300),
    "yield": ((1, 2), 300_000),
    "tree": ((1, 2), 17),
    "parked": ((1,), 300),
    "wake_idle": ((2,), 60),
    "wake_active": ((2,), 600),
    "idle_cpu": ((1, 2), 500),
    "cas": ((1,), 3_000_000),
    "switch": ((1,), 3_000_000),
    "page": ((1,), 10_000),
}
FLOOR = ("cas", "switch", "page")  # zh: 机器自己的价钱，Go 没有 en: the machine's own prices; Go has none
UNITS = {"ns": "ns", "bytes": "B", "percent": "%"}
# zh: release 的目标：纳秒，与 Go 的比值；以及定目标的那台机器上 Go 的纳秒数。
# en: The goals of release: nanoseconds, the ratio to Go; and Go's ns on the machine where they were
#     set.
GOALS = {"spawn": (45, 0.3, 240), "yield": (15, 0.3, 90)}

TEXT = {
    "spawn": ("创建、跑完一个 goroutine", "spawn and finish a goroutine"),
    "yield": ("两个 goroutine 轮流让出", "yield between two"),
    "tree": ("百万 goroutine 的树", "tree of a million"),
    "parked": ("造出而未跑的 goroutine", "goroutine that has not run"),
    "wake_idle": ("叫醒睡着的线程", "wake an idle thread"),
    "wake_active": ("叫醒刚忙过的线程", "wake a just-active thread"),
    "idle_cpu": ("全体睡着时的 CPU", "CPU while all sleep"),
    "cas": ("地板：一次 CAS", "the floor: a CAS"),
    "switch": ("地板：换一次栈", "the floor: a switch of stacks"),
    "page": ("地板：第一次碰一页内存", "the floor: first touch of a page"),
    "head": (
        ("行", "P 数", "newproc", "Go", "newproc/Go", ""),
        ("row", "procs", "newproc", "Go", "newproc/Go", ""),
    ),
    "ahead": ("领先", "ahead"),
    "level": ("持平", "level"),
    "behind": ("落后", "behind"),
    "machine": ("机器", "machine"),
    "cores": ("{} 核", "{} cores"),
    "kernel": ("内核", "kernel"),
    "compiler": ("编译器", "compiler"),
    "go": ("Go", "Go"),
    "date": ("日期", "date"),
    "rounds": ("中位数，轮数：{}", "median of rounds: {}"),
    "checked": (
        "注意：这不是 release 构建，检查也计入了时间；要与 Go 比较，请用 release 预设。",
        "Note: this is not a release build, its checks cost time too; use the preset release to "
        "compare with Go.",
    ),
    "busy": (
        "注意：量之前机器就在忙（平均负载 {:.1f}），下面的数偏大，也更不稳。",
        "Note: the machine was busy before we began (load average {:.1f}): the numbers are too "
        "large and less steady.",
    ),
    "no_go": ("没有找到 go，只量 newproc。", "No go here: measuring newproc alone."),
    "go_failed": (
        "go build 失败，只量 newproc：{}",
        "go build failed, measuring newproc alone: {}",
    ),
    "no_program": (
        "{0} 里没有 newproc_bench；请先构建：cmake --build {0} --target bench",
        "no newproc_bench in {0}; build it first: cmake --build {0} --target bench",
    ),
    "failed": ("失败：{}", "failed: {}"),
    "unknown_row": ("没有这一行：{}；有的是：{}", "no such row: {}; there are: {}"),
    "running": ("第 {} 轮，{}，P 数 {}", "round {}, {}, procs {}"),
    "met": ("目标 {0}：达到。", "Goal {0}: met."),
    "missed": ("目标 {0}：差 {1}。{2}", "Goal {0}: missed by {1}. {2}"),
    "slow_machine": (
        "定目标的机器比这里快或比这里闲：那里 Go 至多 {} ns，这里是 {:.3g} ns；请看比值。",
        "The goal was set on a machine that is faster or less busy: Go takes at most {} ns there "
        "and {:.3g} ns here; look at the ratio.",
    ),
    "why_spawn": (
        "一个 goroutine 的一生约 25 ns：其中 5 ns 是测量自己的原子计数，"
        "其余是造它、排队、取出；短命的轮流用一个栈，不换栈。",
        "A goroutine's life takes about 25 ns, 5 of which are the benchmark's own atomic counter; "
        "the rest is making it, queueing and taking it. Short-lived ones take turns on one stack, "
        "without a switch.",
    ),
    "why_yield": (
        "一次让出要拿一次全局队列的锁（约 5 ns）、换一次栈（约 5 ns），"
        "还有一次猜不中的返回（约 6 ns）：它回到另一个栈的调用者。",
        "A yield takes the global queue's lock once (about 5 ns), switches stacks once (about 5), "
        "and its return is mispredicted (about 6): it goes to the caller on another stack.",
    ),
}


class Language:
    def __init__(self, chinese):
        self.index = 0 if chinese else 1

    def __call__(self, key, *values):
        text = TEXT[key][self.index]
        return text.format(*values) if values else text


def chinese_by_environment():
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return os.environ[name].startswith("zh")
    return False


def first_line(command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return "?"
    return (done.stdout.splitlines() or ["?"])[0]


def cache_of(build):
    """zh: CMakeCache.txt 的条目。 en: The entries of CMakeCache.txt."""
    try:
        lines = (build / "CMakeCache.txt").read_text().splitlines()
    except OSError:
        return {}
    entries = (line.split("=", 1) for line in lines if "=" in line and line[0] not in "#/")
    return {key.split(":")[0]: value for key, value in entries}


def cpu_model():
    try:
        for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.machine()


def describe(build, go, say):
    cache = cache_of(build)
    compiler = first_line([cache.get("CMAKE_CXX_COMPILER", "c++"), "--version"])
    kind = cache.get("CMAKE_BUILD_TYPE", "?")
    if cache.get("CMAKE_INTERPROCEDURAL_OPTIMIZATION", "").upper() in ("ON", "TRUE", "1"):
        kind += ", LTO"
    facts = {
        "machine": f"{cpu_model()}, {say('cores', len(os.sched_getaffinity(0)))}",
        "kernel": platform.release(),
        "compiler": f"{compiler} ({kind})",
    }
    if go is not None:
        facts["go"] = first_line(["go", "version"]).removeprefix("go version ")
    facts["date"] = datetime.datetime.now().strftime("%Y-%m-%d %H:%M")
    checked = cache.get("NEWPROC_CHECKED", "ON").upper() not in ("OFF", "FALSE", "0")
    return facts, checked


def find_program(build):
    usual = build / "tests" / "bench" / "newproc_bench"
    if usual.is_file():
        return usual
    return next((path for path in build.rglob("newproc_bench") if path.is_file()), None)


def build_go(build, say, tell):
    if shutil.which("go") is None:
        tell(say("no_go"))
        return None
    program = build / "go_bench"
    environment = dict(os.environ, GO111MODULE="off", GOFLAGS="", GOTOOLCHAIN="local")
    if "HOME" not in os.environ:
        environment.setdefault("GOCACHE", str(build / "go-cache"))
    done = subprocess.run(
        ["go", "build", "-o", str(program), str(HERE / "bench.go")],
        env=environment, capture_output=True, text=True,
    )
    if done.returncode != 0:
        tell(say("go_failed", (done.stderr.strip().splitlines() or ["?"])[-1]))
        return None
    return program


def measure(program, row, procs, iterations):
    command = [str(program), row, str(procs)] + ([str(iterations)] if iterations else [])
    # zh: 用户自己的 GOMAXPROCS、GODEBUG、GOGC 不该左右结果。
    # en: The user's own GOMAXPROCS, GODEBUG and GOGC shall not sway the result.
    knobs = ("GOMAXPROCS", "GODEBUG", "GOGC", "GOMEMLIMIT")
    environment = {key: value for key, value in os.environ.items() if key not in knobs}
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=PROGRAM_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise RuntimeError(f"{' '.join(command)}: > {PROGRAM_SECONDS} s") from None
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: exit {done.returncode}\n{done.stderr.strip()}")
    return json.loads(done.stdout)


def run_rounds(programs, rows, quick, say, progress):
    """zh: (行, P 数, 单位) -> 语言 -> 各轮的数。
    en: (row, procs, unit) -> language -> numbers by round."""
    numbers = {}
    start = time.monotonic()
    for number in range(1, ROUNDS + 1):
        # zh: 谁先跑，逐轮交换。 en: Who goes first changes with each round.
        order = list(programs) if number % 2 == 1 else list(reversed(programs))
        for row in rows:
            for procs in ROWS[row][0]:
                progress(say("running", number, say(row), procs))
                for language in order:
                    if row in FLOOR and language == "go":
                        continue
                    iterations = ROWS[row][1] if quick else None
                    values = measure(programs[language], row, procs, iterations)
                    for unit in UNITS:
                        if unit not in values:
                            continue
                        by_language = numbers.setdefault((row, procs, unit), {})
                        by_language.setdefault(language, []).append(values[unit])
        if time.monotonic() - start > SECONDS[quick] * number / (number + 1):
            break  # zh: 再来一轮就超时了 en: one more round would take too long
    progress("")
    return numbers, number


def summary(numbers):
    table = []
    for (row, procs, unit), by_language in numbers.items():
        entry = {"row": row, "procs": procs, "unit": unit}
        for language, values in by_language.items():
            entry[language] = statistics.median(values)
        if entry.get("go") and "newproc" in entry:
            entry["ratio"] = entry["newproc"] / entry["go"]
        table.append(entry)
    return table


def width(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def padded(text, columns, left):
    space = " " * (columns - width(text))
    return text + space if left else space + text


def shown(value, unit):
    if value is None:
        return "-"
    digits = f"{value:,.2f}" if unit == "percent" else f"{value:,.0f}"
    if unit == "ns" and value < 100:
        digits = f"{value:.1f}"
    return f"{digits} {UNITS[unit]}"


IDLE = 0.2  # zh: 百分之几，再低就量不准了 en: percent; below that we measure noise


def verdict_on(entry):
    """zh: 相差不到二十分之一，分不出先后；两边都闲着也一样。
    en: Less than a twentieth apart is no difference; nor is it when both are idle."""
    ratio = entry["ratio"]
    if entry["unit"] == "percent" and max(entry["newproc"], entry["go"]) < IDLE:
        return "level"
    return "ahead" if ratio < 0.95 else "behind" if ratio > 1.05 else "level"


def print_table(table, say):
    lines = [say("head")]
    for entry in table:
        ratio = entry.get("ratio")
        verdict = "" if ratio is None else say(verdict_on(entry))
        lines.append((
            say(entry["row"]),
            str(entry["procs"]),
            shown(entry.get("newproc"), entry["unit"]),
            shown(entry.get("go"), entry["unit"]),
            "-" if ratio is None else f"{ratio:.2f}",
            verdict,
        ))
    columns = [max(width(line[i]) for line in lines) for i in range(len(lines[0]))]
    for line in lines:
        cells = (padded(text, columns[i], i in (0, 5)) for i, text in enumerate(line))
        print("  ".join(cells).rstrip())


def print_goals(table, say):
    """zh: 目标达到了没有；没有，差多少、为什么。
    en: Are the goals met; if not, by how much and why."""
    for entry in table:
        if entry["row"] not in GOALS or entry["procs"] != 1:
            continue
        row, ns, ratio = entry["row"], entry["newproc"], entry.get("ratio")
        goal_ns, goal_ratio, reference = GOALS[row]
        go = entry.get("go", 0)
        why = say("slow_machine", reference, go) if go > 1.1 * reference else say("why_" + row)
        report(f"{row} <= {goal_ns} ns", ns - goal_ns, f"{ns - goal_ns:.1f} ns", why, say)
        if ratio is not None:
            over = ratio - goal_ratio
            report(f"{row} newproc/Go <= {goal_ratio}", over, f"{over:.2f}", say("why_" + row), say)


def report(goal, over, by, why, say):
    print(say("met", goal) if over <= 0 else say("missed", goal, by, why))


def arguments():
    parser = argparse.ArgumentParser(
        description="newproc 与 Go 的对照测量 / newproc measured beside Go"
    )
    parser.add_argument("--build", required=True, type=pathlib.Path, metavar="DIR",
                        help="构建目录 / the build directory")
    parser.add_argument("--quick", action="store_true", help="半分钟以内 / under half a minute")
    parser.add_argument("--rows", default=",".join(ROWS), metavar="A,B",
                        help="只量这几行 / only these rows: " + ", ".join(ROWS))
    parser.add_argument("--lang", choices=("zh", "en"), help="语言 / language")
    parser.add_argument("--json", action="store_true", help="输出 JSON / print JSON")
    return parser.parse_args()


def main():
    options = arguments()
    chinese = options.lang == "zh" if options.lang else chinese_by_environment()
    say = Language(chinese)

    def tell(text):
        print(text, file=sys.stderr)

    def progress(text):
        if sys.stderr.isatty() and os.environ.get("TERM", "") not in ("", "dumb"):
            print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)

    rows = [name for name in options.rows.split(",") if name]
    for name in rows:
        if name not in ROWS:
            tell(say("unknown_row", name, ", ".join(ROWS)))
            return 2
    program = find_program(options.build)
    if program is None:
        tell(say("no_program", options.build))
        return 2
    go = build_go(options.build, say, tell)
    load = os.getloadavg()[0]
    programs = {"newproc": program} | ({"go": go} if go is not None else {})
    facts, checked = describe(options.build, go, say)
    try:
        numbers, rounds = run_rounds(programs, rows, options.quick, say, progress)
    except RuntimeError as error:
        progress("")
        tell(say("failed", error))
        return 1
    table = summary(numbers)
    if options.json:
        print(json.dumps({**facts, "checked": checked, "rounds": rounds, "rows": table}, indent=1,
                         ensure_ascii=False))
        return 0
    labels = max(width(say(key)) for key in facts)
    for key, value in facts.items():
        print(f"{padded(say(key), labels, True)}  {value}")
    print(f"\n{say('rounds', rounds)}\n")
    print_table(table, say)
    print()
    if load > len(os.sched_getaffinity(0)) / 2:
        print(say("busy", load))
    if checked:
        print(say("checked"))
    else:
        print_goals(table, say)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
