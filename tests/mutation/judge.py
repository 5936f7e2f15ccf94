# zh: 裁判有多强：把第 2 到 5 章的每一处改错（mutator.py），看检查器的场景和各章的测试抓不抓得住。活下来的，要么
#     添一个场景或测试杀死它，要么在 survivors.txt 里写明原因。
#         python3 judge.py 构建目录 [文件或函数名里的字] [--sample N] [--log 文件]
# en: How strong the judges are: makes a mistake of each place in chapters 2 to 5 (mutator.py) and sees whether
#     the checker's scenarios and the chapters' tests catch it. A survivor is killed by a new scenario or test,
#     or survivors.txt gives the reason.
#         python3 judge.py BUILD [words of a file's or function's name] [--sample N] [--log FILE]
import argparse
import collections
import os
import random
import signal
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.append(os.path.join(ROOT, "tests", "checker", "museum"))
import museum  # noqa: E402
import mutate  # noqa: E402
import mutator  # noqa: E402
import schemata  # noqa: E402

CHAPTERS = ("ch2_goroutine", "ch3_runqueue", "ch4_machine", "ch5_spinning")
PROGRAMS = ("checker_checkpoint3", "checker_checkpoint5")
# zh: 多数几百次执行就死了，所以先花小力气，最后才用场景平日的全力
# en: most die within some hundred executions: little effort first, and all that the scenarios do daily last
LITTLE = ({"CHECKER_AT_MOST": "100"}, {"CHECKER_AT_MOST": "300", "CHECKER_SEARCH": "pct"})
ALL = ({},)
HERE = os.path.dirname(os.path.abspath(__file__))
REASONS, NUMBERS = os.path.join(HERE, "survivors.txt"), os.path.join(HERE, "numbers.txt")
HEAD = """# zh: 每个函数：改错几处，编译不过几处，场景杀死几处，测试杀死几处，活着而有原因的几处（judge.py 数的）。
# en: Each function: mistakes made, of which do not compile, are killed by scenarios, are killed by tests, live
#     for a reason (counted by judge.py).
"""


class Case:
    """zh: 一处改错，和它的下场。 en: A mistake, and what became of it."""

    def __init__(self, path, text, mutation):
        self.path, self.mutation = path, mutation
        lines = text.split("\n")
        # zh: 名字不靠行号：那一行的字，和它在函数里是第几个 en: named by the line's words, not by its number
        words = " ".join(lines[mutation.line - 1].split())
        before, after = (" ".join(part.split()) for part in (text[mutation.start : mutation.end], mutation.new))
        change = "" if mutation.kind in ("drop", "swap", "negate", "unlock") else f" [{before} -> {after}]"
        self.name = f"{os.path.relpath(path, 'runtime')} {mutation.function} {mutation.kind}: {words}{change}"
        self.end, self.by = "", ""


def cases(pattern):
    found, seen = [], collections.Counter()
    for chapter in CHAPTERS:
        folder = os.path.join("runtime", chapter)
        for name in sorted(os.listdir(os.path.join(ROOT, folder))):
            if not name.endswith(".cpp"):
                continue
            path = f"{folder}/{name}"
            text = mutate.read(os.path.join(ROOT, path))
            # zh: 内存序归 matrix.py 管 en: memory orders are matrix.py's business
            found += [Case(path, text, m) for m in mutator.mutations(text) if m.kind != "weaken"]
    for case in found:
        seen[case.name] += 1
        if seen[case.name] > 1:
            case.name += f" #{seen[case.name]}"
    return [case for case in found if pattern in case.name]


def sample(found, number):
    """zh: 少数几个文件里的，好少编译一些。 en: From few files, so that little is compiled."""
    by_file = collections.defaultdict(list)
    for case in found:
        by_file[case.path].append(case)
    chosen, chance = [], random.Random(1)
    for path in chance.sample(sorted(by_file), len(by_file)):
        if len(chosen) < number:
            chosen += by_file[path]
    return sorted(chance.sample(chosen, min(number, len(chosen))), key=lambda c: (c.path, c.mutation.start))


class Judge:
    """zh: 一个装着全部变异体的测试程序；它的每个用例进过哪些函数，没有改错时在哪几种力气下通过（有的用例要看够了
    才满意）。同一个函数里，杀得多的用例先来。
    en: A test program with all mutants in it; which functions each of its cases enters, and with which efforts it
    passes where nothing is wrong (some are content only when they have seen enough). In a function the cases
    that killed most come first."""

    efforts = ({},)

    def __init__(self, program, schema):
        self.program, self.schema, self.killed = program, schema, collections.Counter()
        tried = museum.together([lambda c=c: self.reach(c) for c in mutate.cases(program)], lambda *_: None)
        # zh: 快的先来 en: the quick ones first
        self.reached = {case: (took, found, fine) for took, case, found, fine in sorted(tried, key=lambda t: t[0])}

    def reach(self, case):
        with tempfile.NamedTemporaryFile() as file:
            file.truncate(len(self.schema.functions))
            began = time.monotonic()
            reached = {"NEWPROC_REACHED": file.name}
            fine = [effort for effort in self.efforts if not self.fails(case, 0, effort | reached, 60)]
            took = time.monotonic() - began
            return took, case, {i for i, byte in enumerate(file.read()) if byte}, fine

    def kill(self, mutant, effort):
        """zh: 谁杀死它；没有人就空。 en: Who kills it; empty if nobody does."""
        function = self.schema.function(mutant)
        chosen = [case for case, (_, reached, fine) in self.reached.items() if function in reached and effort in fine]
        for case in sorted(chosen, key=lambda case: -self.killed[function, case]):
            by = self.fails(case, mutant.number, effort, self.reached[case][0])
            if by:
                self.killed[function, case] += 1
                return by
        return ""


class Scenarios(Judge):
    efforts = (*LITTLE, *ALL)

    def fails(self, case, number, effort, _):
        environment = effort | {"NEWPROC_MUTANT": str(number)}
        try:
            report = mutate.until_failure(self.program, [mutate.only(case)], environment)
        except mutate.Crashed:
            return f"checker: crash: {case}"
        return report and f"checker: {report['property']}: {report['scenario']}"


class Tests(Judge):
    """zh: 真线程上的测试。停住的，二十倍的时间以后算作失败。
    en: The tests on real threads. What hangs has failed after twenty times its time."""

    patience = 5  # zh: 再加几秒 en: and some seconds more

    def fails(self, case, number, environment, took):
        words = environment | {"NEWPROC_MUTANT": str(number)}
        with subprocess.Popen(
            [self.program, mutate.only(case)], env=os.environ | words, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        ) as running:
            try:
                failed = running.wait(self.patience + 20 * took) != 0
            except subprocess.TimeoutExpired:
                failed = True
            finally:
                try:
                    os.killpg(running.pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
        return failed and f"test: {case}"


def judges(build, schema):
    """zh: 场景们，测试们。 en: The scenarios, the tests."""
    scenarios = []
    for name in PROGRAMS:
        program = mutate.Program(build, name)
        changed = schema.changed({os.path.relpath(entry["file"], ROOT) for entry in program.commands.values()})
        if changed:
            scenarios.append(Scenarios(program.mutant("mutation_" + name, changed), schema))
    # zh: 各章的测试用同一个运行时，只编译一次 en: the chapters' tests have one runtime, compiled once
    programs = [mutate.Program(build, name) for name in CHAPTERS]
    folder = programs[0].copied("mutation_tests", schema.changed())
    replaced = programs[0].compiled(folder, schema.changed())
    tests = []
    for program in programs:
        made = os.path.join(folder, program.name)
        program.link(made, replaced)
        tests.append(Tests(made, schema))
    return scenarios, tests


def judge(scenarios, tests, mutant):
    ways = [(one, e) for e in LITTLE for one in scenarios] + [(one, {}) for one in tests]
    for one, effort in ways + [(one, e) for e in ALL for one in scenarios]:
        mutant.by = one.kill(mutant, effort)
        if mutant.by:
            mutant.end = "killed"
            return
    mutant.end = "survives"
    print(f"\r{mutant.name}", file=sys.stderr)


def reasons():
    """zh: {名字: “中文 / English”}。 en: {name: "Chinese / English"}."""
    found, names = {}, []
    for line in mutate.read(REASONS).splitlines() if os.path.exists(REASONS) else ():
        if line.startswith("why: "):
            found |= dict.fromkeys(names, line[5:])
            names = []
        elif line and not line.startswith("#"):
            names.append(line)
    return found


def counted(chosen, known):
    """zh: {(文件, 函数): [改错几处, 编译不过, 场景杀死, 测试杀死, 有原因地活着]}
    en: {(file, function): [mistakes, do not compile, killed by scenarios, by tests, alive for a reason]}"""
    table = collections.defaultdict(lambda: [0] * 5)
    for case in chosen:
        row = table[os.path.relpath(case.path, "runtime"), case.mutation.function]
        row[0] += 1
        row[1] += case.end == "does not compile"
        row[2] += case.by.startswith("checker: ")
        row[3] += case.by.startswith("test: ")
        row[4] += case.end == "survives" and case.name in known
    return dict(table)


def noted():
    """zh: numbers.txt 里记着的，同 counted。 en: What numbers.txt says, as counted gives it."""
    lines = [line.split() for line in mutate.read(NUMBERS).splitlines() if line and line[0] != "#"]
    return {(file, function): [int(n) for n in numbers] for file, function, *numbers in lines}


def wrong(chosen, known, whole):
    """zh: 哪些与 survivors.txt 不符。 en: What does not agree with survivors.txt."""
    for case in chosen:
        if case.end == "survives" and case.name not in known:
            yield f"survives: {case.name}"
        elif case.end != "survives" and case.name in known:
            yield f"{case.end}, though survivors.txt names it: {case.name}"
    if whole:
        for name in sorted(known.keys() - {case.name for case in chosen}):
            yield f"survivors.txt names what is gone: {name}"


def judge_all(build, chosen):
    texts = {case.path: mutate.read(os.path.join(ROOT, case.path)) for case in chosen}
    for number, case in enumerate(chosen, 1):
        case.number = number
    schema = schemata.Schemata(texts, chosen)
    for case in schemata.fit(mutate.Program(build, PROGRAMS[-1]), schema, museum.together):
        case.end = "does not compile"
    scenarios, tests = judges(build, schema)
    done = lambda n, of: print(f"\r{n}/{of}", end="", file=sys.stderr)  # noqa: E731
    museum.together([lambda c=c: judge(scenarios, tests, c) for c in schema.cases.values()], done)
    print(file=sys.stderr)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("pattern", nargs="?", default="")
    parser.add_argument("--sample", type=int)
    parser.add_argument("--log")
    said = parser.parse_args()
    known, chosen = reasons(), cases(said.pattern)
    whole = not said.pattern and said.sample is None
    if said.sample is not None:
        chosen = sample([case for case in chosen if case.name not in known], said.sample)
    judge_all(os.path.abspath(said.build), chosen)
    if said.log:
        with open(said.log, "w", encoding="utf-8") as file:
            file.writelines(f"{case.end}\t{case.by}\t{case.name}\n" for case in chosen)
    problems = [*wrong(chosen, known, whole)]
    print("".join(problem + "\n" for problem in problems), end="")
    ends = collections.Counter(case.by.partition(":")[0] or case.end for case in chosen)
    print(", ".join(f"{end}: {n}" for end, n in sorted(ends.items())) + f"; unexplained: {len(problems)}")
    if whole:
        with open(NUMBERS, "w", encoding="utf-8") as file:
            file.write(HEAD)
            for (path, function), row in counted(chosen, known).items():
                file.write(f"{path} {function} {' '.join(map(str, row))}\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
