# zh: 数字是在什么机器上、用什么编译器得来的。
# en: On which machine, and with which compiler, the numbers were made.
import datetime
import os
import pathlib
import platform
import subprocess

from ground.say import text


def cores():
    return len(os.sched_getaffinity(0))


def busy():
    """zh: 机器本来就在忙时的平均负载，否则 0。 en: The load average if the machine is busy already, else 0."""
    load = os.getloadavg()[0]
    return load if load > cores() / 2 else 0


def cache_of(build):
    """zh: CMakeCache.txt 的条目。 en: The entries of CMakeCache.txt."""
    try:
        lines = (build / "CMakeCache.txt").read_text().splitlines()
    except OSError:
        return {}
    entries = (line.split("=", 1) for line in lines if "=" in line and line[0] not in "#/")
    return {key.split(":")[0]: value for key, value in entries}


def checked(build):
    return cache_of(build).get("NEWPROC_CHECKED", "ON").upper() not in ("OFF", "FALSE", "0")


def describe(build, with_go):
    cache = cache_of(build)
    kind = cache.get("CMAKE_BUILD_TYPE", "?")
    if cache.get("CMAKE_INTERPROCEDURAL_OPTIMIZATION", "").upper() in ("ON", "TRUE", "1"):
        kind += ", LTO"
    compiler = first_line([cache.get("CMAKE_CXX_COMPILER", "c++"), "--version"])
    facts = {
        "machine": f"{cpu_model()}, {text('bench_cores', n=cores())}",
        "kernel": platform.release(),
        "compiler": f"{compiler} ({kind})",
    }
    if with_go:
        facts["go"] = first_line(["go", "version"]).replace("go version ", "", 1)
    facts["date"] = datetime.datetime.now().strftime("%Y-%m-%d %H:%M")
    return facts


def cpu_model():
    try:
        for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.machine()


def first_line(command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return "?"
    return (done.stdout.splitlines() or ["?"])[0]
