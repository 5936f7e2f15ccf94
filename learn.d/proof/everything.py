# zh: test --all：格式、中英成对，然后每个预设都构建并测试，最后是叫它的人另加的（习题）。一步失败，其余照跑，最后才说。
# en: test --all: the format, the twins, then every preset is built and tested, and in the end what
#     the caller adds (the exercises). If a step fails the others still run, and it is told at the end.
import re
import subprocess
import sys
import time

from ground import bilingual, build, job, show
from ground.say import Trouble, say, seconds, text

# zh: asan 用 Clang 编译，连同 UBSan：第二个编译器和两种清洁器合成一遍。
# en: asan is compiled with Clang, along with UBSan: the second compiler and two sanitizers in one go.
PRESETS = ("default", "asan", "tsan", "release")


def check_format():
    sources = [build.shown(path) for path in bilingual.files() if path.endswith((".hpp", ".cpp"))]
    code, _, said = job.output(["clang-format", "--dry-run", "-Werror", *sources], 300)
    wrong = [path for path in sources if re.search(rf"^{re.escape(path)}:\d+", said, re.M)]
    if code != 0:
        raise Trouble("format_bad", n=len(wrong), files=" ".join(wrong) or said.strip())
    print(text("format_ok", n=len(sources)))


def check_bilingual():
    count, findings = bilingual.check()
    for line in findings:
        print("  " + line)
    if findings:
        raise Trouble("bilingual_bad", n=len(findings))
    print(text("bilingual_ok", n=count))


def build_and_test(preset):
    build.build(preset)
    build.test(preset, everything=preset == "default")


def everything(*more):
    """zh: more：还要做的，每项（名字，做什么）。 en: more: further steps, each (name, what to do)."""
    steps = [(text("step_format"), check_format), (text("step_bilingual"), check_bilingual)]
    for preset in PRESETS:
        steps.append((text("step_preset", preset=preset), lambda p=preset: build_and_test(p)))
    steps += more
    rows, failed, began = [], 0, time.monotonic()
    for i, (name, step) in enumerate(steps, 1):
        print(f"\n[{i}/{len(steps)}] {name}")
        start, result = time.monotonic(), "passed"
        try:
            step()
        except Trouble as trouble:
            say(trouble.key, **trouble.values)
            result, failed = "failed", failed + 1
        except subprocess.TimeoutExpired as late:
            say("too_slow", command=" ".join(map(str, late.cmd)), seconds=round(late.timeout))
            result, failed = "failed", failed + 1
        rows.append([name, text(result), seconds(time.monotonic() - start)])
    print(f"\n{text('summary')}\n{show.table(rows)}")
    verdict = "some_failed" if failed else "all_passed"
    print(text(verdict, n=failed, seconds=seconds(time.monotonic() - began)))
    sys.stdout.flush()
    return 1 if failed else 0
