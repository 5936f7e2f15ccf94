# zh: 内存序的矩阵：第 3 到 5 章和锁里每一处内存序，一次减弱一处，再跑场景。杀死了，说明那里少不得；
#     活下来的，必须在 orders.txt 里写明为什么无妨。没写原因而活下来、写了原因却被杀死、原因所指的操作
#     已经不在，都算错：所以这张表不会过时。
# en: The matrix of orders: each memory order in chapters 3 to 5 and in the lock is weakened, one at a
#     time, and the scenarios are run. Where that is killed, the order is needed; where it survives,
#     orders.txt must say why it does no harm. One that survives without a reason, one that is killed
#     though it has a reason, and a reason for an operation that is gone are all wrong: so the table
#     can't go stale.
import os
import re
import sys

import mutate
import museum

FILES = (
    "runtime/ch2_goroutine",
    "runtime/ch3_runqueue",
    "runtime/ch4_machine",
    "runtime/ch5_spinning",
    "runtime/model/spinners.hpp",
    "runtime/platform/linux/mutex.cpp",
    "runtime/platform/linux/os/mutex.hpp",
)
REASONS = os.path.join(mutate.HERE, "orders.txt")
PROGRAM = "checker_checkpoint5"
# zh: 先跑小的场景：多数在那里就死了 en: the small scenarios first: most die there
SMALL = "ring*,runq*,note*,retire*,hand-off*,template*,wakep*,startm*,gfree*,goid*"
ORDER = re.compile(r"\border::\s*(acquire|release|acq_rel|seq_cst)\b")
COMMENT = re.compile(r"//[^\n]*")


class Row:
    """zh: 一处内存序，和一种减弱。 en: One memory order, and one way to weaken it."""

    def __init__(self, path, key, start, end, weaker):
        self.path, self.key, self.start, self.end, self.weaker = path, key, start, end, weaker
        self.name = f"{key} -> {weaker}"
        self.killed_by = self.property = self.reason = self.problem = ""
        self.executions = 0

    def changed(self):
        text = mutate.read(os.path.join(mutate.ROOT, self.path))
        new = "" if self.weaker == "removed" else f"order::{self.weaker}"
        return {self.path: text[: self.start] + new + text[self.end :]}


def sources():
    for place in FILES:
        where = os.path.join(mutate.ROOT, place)
        if os.path.isfile(where):
            yield place
        else:
            yield from (f"{place}/{n}" for n in sorted(os.listdir(where)) if n.endswith("pp"))


def function_at(code, position):
    """zh: 这个位置在哪个函数里。 en: Which function the position is in."""
    found = re.findall(r"^(?! *(?:if|for|while|switch|return)\b)[ \w\[\]:<>*&,]*?\b(\w+)\([^;{}]*\)"
                       r"(?: const)?(?: [A-Z_]+(?:\([^()]*\))?)* \{", code[:position], re.M)
    return found[-1] if found else "?"


def weakenings(call, order):
    if "fence" in call:
        return ("removed", "acq_rel") if order == "seq_cst" else ("removed",)
    if order == "acq_rel":
        return ("acquire", "release")
    if order == "seq_cst":
        kinds = {"load": "acquire", "store": "release"}
        return ("relaxed", kinds.get(call.rpartition(".")[2], "acq_rel"))
    return ("relaxed",)


def rows():
    """zh: 全部的行。 en: All rows."""
    seen = {}
    for path in sources():
        text = mutate.read(os.path.join(mutate.ROOT, path))
        code = COMMENT.sub(lambda comment: " " * len(comment[0]), text)
        for found in ORDER.finditer(code):
            call = re.findall(r"([\w\].]+(?:\.|->))?(\w+)\s*\((?:[^()]|\([^()]*\))*$",
                              code[: found.start()])
            owner, method = call[-1] if call else ("", "?")
            field = re.split(r"[.>\]]", owner.rstrip(".->"))[-1]
            call = f"{field}.{method}" if field else method
            place = os.path.relpath(path, "runtime")
            key = f"{place} {function_at(code, found.start())} {call} {found[1]}"
            seen[key] = seen.get(key, 0) + 1
            if seen[key] > 1:
                key += f" #{seen[key]}"
            start, end = found.span()
            for weaker in weakenings(call, found[1]):
                if weaker == "removed":
                    begin = list(re.finditer(r"[\w:]*fence\(", code[:start]))[-1].start()
                    yield Row(path, key, begin, code.index(";", end) + 1, weaker)
                else:
                    yield Row(path, key, start, end, weaker)


def reasons():
    """zh: orders.txt -> {名字: (中文, 英文)}。 en: orders.txt -> {name: (Chinese, English)}."""
    found = {}
    for block in re.split(r"\n\n+", mutate.read(REASONS).strip()):
        lines = [line for line in block.split("\n") if not line.startswith("#")]
        zh = next((line[4:] for line in lines if line.startswith("zh: ")), "")
        en = next((line[4:] for line in lines if line.startswith("en: ")), "")
        for line in lines:
            if not line.startswith(("zh: ", "en: ")):
                found[line] = (zh, en)
    return found


def runs(path):
    """zh: 用哪个程序、怎样跑。 en: Which program, and how it is run."""
    if "ch2_goroutine" in path:
        return [("checker_checkpoint3", {}, ["-tc=checkpoint 3: who counts*"]), *runs("")]
    if "mutex" in path:
        return [("checker_mutex", {}, []), ("checker_mutex", {"CHECKER_NO_MEMBARRIER": "1"}, [])]
    return [(PROGRAM, {}, [f"-tc={SMALL}"]), (PROGRAM, {}, [f"-tce={SMALL}"])]


def judge(build, number, row):
    try:
        for name, environment, options in runs(row.path):
            program = mutate.Program(build, name).mutant(f"order{number}", row.changed())
            report = mutate.until_failure(program, options, environment)
            if report is not None:
                row.killed_by, row.property = report["scenario"], report["property"]
                row.executions = report["executions"]
                break
    except mutate.Wrong as wrong:
        row.problem = str(wrong)


def everything(build, on_done, pattern=""):
    known = reasons()
    table = [row for row in rows() if pattern in row.name]
    museum.together([lambda i=i, r=r: judge(build, i, r) for i, r in enumerate(table)], on_done)
    for row in table:
        row.reason = known.pop(row.name, "")
        if row.killed_by and row.reason:
            row.problem = "killed, though orders.txt says that it does no harm"
        if not row.killed_by and not row.reason and not row.problem:
            row.problem = "survives, and orders.txt gives no reason"
    if not pattern:
        for name in known:
            stale = Row("", name, 0, 0, "")
            stale.name, stale.problem = name, "orders.txt names an operation that is gone"
            table.append(stale)
    return table


def table(all_rows, lang="en"):
    zh, lines, counts = lang == "zh", [], [0, 0, 0]
    for row in all_rows:
        if row.problem:
            counts[2] += 1
            lines.append(f"! {row.name}\n      {row.problem[-2000:]}")
        elif row.killed_by:
            counts[0] += 1
            lines.append(f"  {row.name}\n      {row.property}: {row.killed_by}, {row.executions}")
        else:
            counts[1] += 1
            lines.append(f"= {row.name}\n      {row.reason[0 if zh else 1]}")
    ends = ("{} 处减弱被杀死，{} 处活下来而有原因，{} 处不对。" if zh else
            "Weakened orders killed: {}; that survive for a reason: {}; wrong: {}.")
    return "\n".join([*lines, "", ends.format(*counts)])


if __name__ == "__main__":
    if len(sys.argv) == 1:
        print("\n".join(row.name for row in rows()))
    else:
        done = everything(sys.argv[1], lambda *_: None, *sys.argv[2:])
        print(table(done))
        sys.exit(1 if any(row.problem for row in done) else 0)
