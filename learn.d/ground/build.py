# zh: CMake、Ninja、CTest：预设在 CMakePresets.json 里，这里只添进度，和一句说得清的失败。
# en: CMake, Ninja, CTest: the presets stand in CMakePresets.json; this adds progress, and failures
#     told in one sentence.
import json
import os
import re
import shutil
import sys
import time

from ground import job
from ground.say import Trouble, say, seconds, text
from ground.show import Progress

CPUS = len(os.sched_getaffinity(0))


def folder(preset):
    return os.path.join(job.ROOT, "build", preset)


def log_of(what):
    return os.path.join(job.ROOT, ".learn", what + ".log")


def shown(path):
    return os.path.relpath(path, job.ROOT)


def cached(preset):
    """zh: CMakeCache.txt 里记的变量。 en: The variables in CMakeCache.txt."""
    try:
        with open(os.path.join(folder(preset), "CMakeCache.txt"), encoding="utf-8", errors="surrogateescape") as file:
            return dict(re.findall(r"^(\w+):\w+=(.*)$", file.read(), re.M))
    except OSError:
        return {}


# zh: CMake 只在第一次看的环境变量：变了就要从头生成。
# en: Variables that CMake looks at just once: when they change, the build files are written anew.
VARIABLES = ("CXX", "CXXFLAGS", "LDFLAGS", "CMAKE_PREFIX_PATH")


def seen_by_cmake():
    return {name: os.environ.get(name, "") for name in VARIABLES}


def record(preset):
    return os.path.join(folder(preset), "environment.json")


def changed(preset):
    """zh: 上次生成之后变了的环境变量：{名字: （从前，现在）}；没有记录就是空。
    en: The variables that have changed since: {name: (before, now)}; {} where there is no record."""
    try:
        with open(record(preset), encoding="utf-8") as file:
            before = json.load(file)
        now = seen_by_cmake()
        return {name: (before[name], now[name]) for name in VARIABLES if before[name] != now[name]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def stale(preset):
    """zh: 构建文件不在、比预设旧，是别的编译器的，或所记的工具已不在。
    en: The build files are missing, older than the presets, for another compiler, or name tools that
    are gone."""
    plan = os.path.join(folder(preset), "build.ninja")
    presets = os.path.join(job.ROOT, "CMakePresets.json")
    if not os.path.exists(record(preset)) or changed(preset):
        return True
    if not os.path.exists(plan) or os.path.getmtime(plan) < os.path.getmtime(presets):
        return True
    cache = cached(preset)
    tools = [cache.get("CMAKE_CXX_COMPILER", ""), cache.get("CMAKE_CXX_COMPILER_LAUNCHER", "")]
    return any(tool and not shutil.which(tool) for tool in tools)


def leave_moved(preset):
    """zh: 项目搬了家（改名、复制来的）：里面到处是从前的路径，整个丢掉，从头编译。复制来的尤其要丢：从前
    的路径还在，读的却是别处的文件。
    en: The project has moved (renamed, or copied): old paths are all over the folder, so it goes whole
    and all is compiled anew. With a copy above all: the old paths still exist and lead elsewhere."""
    home = cached(preset).get("CMAKE_HOME_DIRECTORY")
    if home and os.path.realpath(home) != os.path.realpath(job.ROOT):
        say("moved", old=home, preset=preset)
        shutil.rmtree(folder(preset))


def writable(path):
    """zh: 趁早发现写不进去。 en: Finds out early that nothing can be written."""
    os.makedirs(path, exist_ok=True)
    for name in ("", "CMakeCache.txt", "build.ninja", ".ninja_log"):
        file = os.path.join(path, name)
        if os.path.exists(file) and not os.access(file, os.W_OK):
            raise Trouble("unwritable", path=file.rstrip("/"))


def check_cmake():
    _, out, _ = job.output(["cmake", "--version"], 60)
    found = re.search(r"(\d+)\.(\d+)\S*", out)
    if found and (int(found[1]), int(found[2])) < (3, 25):
        raise Trouble("old_cmake", version=found[0])


def first_errors(lines, mark, before=0, count=8):
    """zh: 第一处错误和它后面的几行，给读者看。 en: Shows the first error and what follows it."""
    at = next((i for i, line in enumerate(lines) if re.search(mark, line)), None)
    if at is None:
        at, before = len(lines), count
    for line in lines[max(0, at - before) : at + count]:
        print("  " + line, file=sys.stderr)
    return lines[at] if at < len(lines) else ""


def blame(lines):
    """zh: 不是代码的错。 en: What is not the code's fault."""
    for line in lines:
        if "No space left on device" in line:
            raise Trouble("disk_full")
        denied = re.search(r"(/\S+?)?['\"]?:? (Permission denied|Read-only file system)", line)
        if denied:
            raise Trouble("unwritable", path=denied[1] or shown(os.path.join(job.ROOT, "build")))


def configure(preset):
    leave_moved(preset)
    writable(folder(preset))
    if not stale(preset):
        return
    check_cmake()
    for name, (before, now) in changed(preset).items():
        say("variable_changed", name=name, before=before or text("unset"), now=now or text("unset"))
    say("configuring", preset=preset)
    # zh: 没有生成成功，记录就不在 en: unless it succeeds, there is no record
    if os.path.exists(record(preset)):
        os.remove(record(preset))
    ccache = shutil.which("ccache") or ""
    log, lines = log_of("configure-" + preset), []
    argv = ["cmake", "--preset", preset, "--fresh", f"-DCMAKE_CXX_COMPILER_LAUNCHER={ccache}"]
    if job.lines(argv, log, lines.append) == 0:
        with open(record(preset), "w", encoding="utf-8") as file:
            json.dump(seen_by_cmake(), file)
        return
    blame(lines)
    whole = "\n".join(lines)
    if re.search(r"CMAKE_CXX_COMPILER|C\+\+ compiler|variable CXX", whole):
        if os.environ.get("CXX"):
            raise Trouble("bad_cxx", cxx=os.environ["CXX"], log=shown(log))
        raise Trouble("no_compiler", log=shown(log))
    package = re.search(r"(?:configuration file provided by|Could NOT find) \"?(\w+)", whole)
    if package:
        raise Trouble("no_package", package=package[1], log=shown(log))
    first_errors(lines, r"^CMake Error|error:")
    raise Trouble("configure_failed", log=shown(log))


def build(preset, targets=()):
    configure(preset)
    log, lines, began = log_of("build-" + preset), [], time.monotonic()

    def on_line(line):
        lines.append(line)
        step = re.match(r"\[(\d+)/(\d+)\] (.*)", line)
        if step:
            progress.step(int(step[1]), int(step[2]), os.path.basename(step[3]))

    argv = ["cmake", "--build", "--preset", preset, "--parallel", str(CPUS)]
    argv += ["--target", *targets] if targets else []
    with Progress(text("building", preset=preset)) as progress:
        code = job.lines(argv, log, on_line)
    if code != 0:
        blame(lines)
        first_errors(lines, r"error:|^FAILED|undefined reference", before=2)
        raise Trouble("build_failed", log=shown(log))
    if not any("no work to do" in line for line in lines):
        say("built", preset=preset, seconds=seconds(time.monotonic() - began))


def test(preset, label=None, everything=False):
    """zh: ctest；印出失败者的输出和它自己的结语。
    en: ctest; prints the failures' output and its own closing lines."""
    log, lines = log_of("test-" + preset), []

    def on_line(line):
        lines.append(line)
        step = re.match(r"\s*(\d+)/(\d+) Test\s+#\d+: (.*?)[ .]*(?:Passed|\*\*\*)", line)
        if step:
            progress.step(int(step[1]), int(step[2]), step[3])

    # zh: 测试有一半时间在等 en: half of the time tests wait
    argv = ["ctest", "--preset", preset, "--no-tests=error", "--parallel", str(2 * CPUS)]
    argv += ["-L", label] if label else []
    argv += [] if everything else ["-LE", "^all$"]
    with Progress(text("testing", preset=preset)) as progress:
        code = job.lines(argv, log, on_line)
    closing = next((i for i, line in enumerate(lines) if "tests passed" in line), None)
    if closing is None:
        if label and any("No tests" in line for line in lines):
            raise Trouble("no_tests", label=label)
        closing = 0
    if code != 0:
        print("\n".join(failures(lines[:closing])))
    print("\n".join(lines[closing:]).strip("\n"))
    if code != 0:
        blame(lines)
        raise Trouble("tests_failed", log=shown(log))


def failures(lines):
    """zh: 只留没有通过的测试：它们的结果行和输出。
    en: Keeps only the tests that did not pass: their result lines and output."""
    kept, keep = [], False
    for line in lines:
        if re.match(r"\s*\d+/\d+ Test\s+#", line):
            keep = not re.search(r"\bPassed\b", line)
        elif re.match(r"\s*Start\s+\d+:", line):
            keep = False
        if keep:
            kept.append(line)
    return kept
