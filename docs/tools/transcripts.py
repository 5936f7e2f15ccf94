# zh: 实录：命令在生成网站时真的运行，它的输出放进页里。哪些命令，写在 chapters/chN/transcripts.txt
#     和 docs/transcripts.txt。
#     按内容缓存：命令、它所依赖的文件和程序都没变，就不再跑。
# en: Transcripts: the commands are really run while the site is built, and their output goes on the
#     page. Which commands, is told in chapters/chN/transcripts.txt and docs/transcripts.txt. Cached by
#     content: while the command, the files and the programs that it depends on are the same, it is
#     not run again.
import functools
import glob
import hashlib
import html
import itertools
import os
import platform
import re
import subprocess
import sys

import words
from records import LANGUAGES, ROOT, Fault, load, path_of, read, write

sys.path.append(path_of("tests/checker/museum"))
import museum  # noqa: E402

FIELDS = {"run", "really", "build", "depends", "from", "to", "drop", "measured", "exit", "language"}
PATIENCE = 120


def recorded():
    """zh: 产出（章或 docs，表的路径，记录）。 en: Yields (chapter or docs, the list's path, record)."""
    lists = glob.glob(path_of("chapters", "*", "transcripts.txt"))
    for path in [*sorted(lists), path_of("docs", "transcripts.txt")]:
        for record in load(path):
            unknown = set(record) - FIELDS - {"key", "words", "line"}
            if unknown or "run" not in record:
                raise Fault(path, record["line"], f"run missing, or unknown: {sorted(unknown)}")
            yield os.path.basename(os.path.dirname(path)), path, record


def targets():
    """zh: 先要构建的目标。 en: The targets to be built first."""
    names = {name for _, _, record in recorded() for name in record.get("build", "").split()}
    return sorted(names)


@functools.cache
def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def key(record, language, command):
    """zh: 结果取决于什么。 en: What the outcome depends on."""
    parts = [language, command, *(f"{name}={record.get(name)}" for name in sorted(FIELDS))]
    wanted = [path_of("build/default/bin", name) for name in record.get("build", "").split()]
    for pattern in record.get("depends", "").split():
        found = sorted(glob.glob(path_of(pattern), recursive=True))
        wanted += [path for path in found if os.path.isfile(path)]
    parts += [os.path.relpath(path, ROOT) + digest(path) for path in wanted if os.path.exists(path)]
    parts.append(digest(os.path.abspath(__file__)))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@functools.cache
def run(command, language):
    """zh: 两条实录用同一条命令，就是同一次运行。 en: Two transcripts of one command are one run."""
    environment = dict(os.environ, LANG={"zh": "zh_CN.UTF-8", "en": "en_US.UTF-8"}[language])
    environment.update(LEARN_LANG=language, NEWPROC_LANG=language, LC_ALL="C.UTF-8", NO_COLOR="1")
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        timeout=PATIENCE,
        check=False,
    )


def output(command, language, expected, where):
    done = run(command, language)
    if done.returncode != expected:
        said = (done.stderr or done.stdout).strip().splitlines()[-3:]
        raise Fault(*where, f"exit code {done.returncode} of: {command}: {' / '.join(said)}")
    return done.stdout.replace(ROOT + "/", "")


def cut(text, record, where):
    """zh: 从 from 到 to 的行，去掉 drop。 en: The lines from `from` to `to`, without `drop`."""
    lines, begun, kept = text.rstrip("\n").split("\n"), "from" not in record, []
    for line in lines:
        begun = begun or re.search(record["from"], line) is not None
        if begun and not ("drop" in record and re.search(record["drop"], line)):
            kept.append(line)
        if begun and "to" in record and re.search(record["to"], line):
            break
    if not kept:
        raise Fault(*where, "nothing left between from and to")
    return "\n".join(kept)


@functools.cache
def machine():
    """zh: 在哪里量的。 en: Where it was measured."""
    cpu = re.search(r"model name\s*: (.*)", read("/proc/cpuinfo"))
    compiler = subprocess.run(["c++", "--version"], capture_output=True, text=True, check=False)
    return {
        "cpu": cpu[1].strip() if cpu else platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "system": f"Linux {platform.release()}",
        "compiler": (compiler.stdout.splitlines() or ["c++"])[0],
    }


HANG = re.compile(r"\s*(?:\d+ [* ] M\d+ \S+\s+|[\d,]+\s+)?")


def lines_of(text):
    """zh: 一行一段；放不下时折在哪一列下面，看它是不是故事里的一步。
    en: One span for each line; under which column it wraps depends on whether it is a step of a story."""
    for line in text.split("\n"):
        hang = min(len(HANG.match(line)[0]), 24)
        yield f'<span style="--hang:{hang}">{html.escape(line)}</span>'


def shown(record, language, text):
    say = words.say("made", language)
    if record.get("measured"):
        say = words.say("measured", language, **machine())
    command = html.escape(record["run"].replace("{lang}", language))
    return (
        f'<figure class="transcript"><figcaption><code>$ {command}</code> <span>{say}</span>'
        f"</figcaption><pre>{chr(10).join(lines_of(text))}</pre></figure>"
    )


def make_one(chapter, path, record, language):
    there = path_of("build/docs/made/transcripts", language, chapter, record["key"])
    command = command_of(record).replace("{lang}", language)
    now = key(record, language, command)
    if os.path.exists(there + ".key") and read(there + ".key") == now:
        return
    where = (path, record["line"])
    try:
        said = output(command, language, int(record.get("exit", 0)), where)
    except subprocess.TimeoutExpired:
        raise Fault(*where, f"not done after {PATIENCE} s: {command}") from None
    write(there + ".html", shown(record, language, cut(said, record, where)))
    write(there + ".key", now)


def command_of(record):
    return record.get("really", record["run"])


def make(on_step=lambda done, total, what: None):
    """zh: 全部做好；返回写错和失败的地方。量数字的独自跑，其余的几条一起跑；同一条命令的挨着跑，
    后来的用先来的造好的变异体。
    en: Makes all; returns mistakes and failures. What measures runs alone, the rest several at once;
    those of one command run in turn, the later with the mutant that the first has made."""
    os.makedirs(path_of("build/docs/made/counts"), exist_ok=True)  # zh: beside.py 读 en: read by beside.py
    alone, together = [], {}
    for item in recorded():
        record = item[2]
        group = alone if record.get("measured") else together.setdefault(command_of(record), [])
        group += [(*item, lang) for lang in LANGUAGES if record.get("language", lang) == lang]
    faults, done, total = [], itertools.count(1), len(alone) + sum(map(len, together.values()))

    def make_all(group):
        for item in group:
            try:
                make_one(*item)
            except Fault as fault:
                faults.append(str(fault))
            on_step(next(done), total, item[2]["run"])

    make_all(alone)
    museum.together([lambda g=group: make_all(g) for group in together.values()], lambda *_: None)
    return faults


if __name__ == "__main__":
    print("\n".join(make()))
