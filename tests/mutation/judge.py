# zh: 检查器有多强：把第 2 到 5 章的每一处改错（mutator.py），看场景抓不抓得住。活下来的，要么添一个场景杀死它，
#     要么在 survivors.txt 里写明原因。
#         python3 judge.py 构建目录 [文件或函数名里的字] [--sample N]
# en: How strong the checker is: makes a mistake of each place in chapters 2 to 5 (mutator.py) and sees whether
#     the scenarios catch it. A survivor is killed by a new scenario, or survivors.txt gives the reason.
#         python3 judge.py BUILD [words of a file's or function's name] [--sample N]
import argparse
import collections
import os
import random
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.append(os.path.join(ROOT, "tests", "checker", "museum"))
import museum  # noqa: E402
import mutate  # noqa: E402
import mutator  # noqa: E402
import schemata  # noqa: E402
import survivors  # noqa: E402

CHAPTERS = ("ch2_goroutine", "ch3_runqueue", "ch4_machine", "ch5_spinning")
PROGRAMS = ("checker_checkpoint3", "checker_checkpoint4", "checker_checkpoint5")
# zh: 先花小力气：多数几百次执行就死了 en: little effort first: most die within some hundred executions
EFFORTS = (
    {"CHECKER_EXECUTIONS": "200"},
    {"CHECKER_EXECUTIONS": "200", "CHECKER_SEARCH": "pct"},
    {"CHECKER_EXECUTIONS": "200", "CHECKER_SEARCH": "pos"},
    {"CHECKER_EXECUTIONS": "3000"},
)
REASONS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "survivors.txt")


class Case:
    """zh: 一处改错，和它的下场。 en: A mistake, and what became of it."""

    def __init__(self, path, text, mutation):
        self.path, self.mutation = path, mutation
        self.name = f"{os.path.relpath(path, 'runtime')} {survivors.name(text, mutation)}"
        self.end, self.by = "", ""


def cases(pattern):
    found = []
    for chapter in CHAPTERS:
        folder = os.path.join("runtime", chapter)
        for name in sorted(os.listdir(os.path.join(ROOT, folder))):
            if not name.endswith(".cpp"):
                continue
            path = f"{folder}/{name}"
            text = mutate.read(os.path.join(ROOT, path))
            # zh: 内存序归 matrix.py 管 en: memory orders are matrix.py's business
            found += [Case(path, text, m) for m in mutator.mutations(text) if m.kind != "weaken"]
    survivors.tell_apart(found)
    return [case for case in found if pattern in case.name]


class Judge:
    """zh: 一个装着全部变异体的程序，和它的每个用例进过哪些函数。
    en: A program with all mutants in it, and which functions each of its cases enters."""

    def __init__(self, build, name, schema):
        program = mutate.Program(build, name)
        self.schema = schema
        paths = {os.path.relpath(entry["file"], ROOT) for entry in program.commands.values()}
        self.program = program.mutant("mutation_" + name, schema.changed(paths))
        tried = museum.together([lambda c=c: self.reach(c) for c in mutate.cases(self.program)], lambda *_: None)
        # zh: 快的先来 en: the quick ones first
        self.reached = {case: (found, fine) for _, case, found, fine in sorted(tried, key=lambda t: t[0])}

    def reach(self, case):
        """zh: 用了多久，用例，进过哪些函数，没有改错时它在哪几种力气下通过（有的用例要看够了才满意）。
        en: How long it took, the case, which functions it enters, and with which efforts it passes where nothing
        is wrong (some cases are content only when they have seen enough)."""
        with tempfile.NamedTemporaryFile() as file:
            file.truncate(len(self.schema.functions))
            began = time.monotonic()
            fine = [e for e in range(len(EFFORTS)) if self.passes(case, EFFORTS[e] | {"NEWPROC_REACHED": file.name})]
            took = time.monotonic() - began
            return took, case, {i for i, byte in enumerate(file.read()) if byte}, fine

    def passes(self, case, environment):
        try:
            return self.run(case, 0, environment) is None
        except mutate.Crashed:
            return False

    def run(self, case, number, environment):
        return mutate.until_failure(self.program, [mutate.only(case)], environment | {"NEWPROC_MUTANT": str(number)})

    def kill(self, mutant, effort):
        """zh: 谁杀死它；没有人就空。 en: Who kills it; empty if nobody does."""
        function = self.schema.function(mutant)
        for case, (reached, fine) in self.reached.items():
            if function in reached and effort in fine:
                try:
                    report = self.run(case, mutant.number, EFFORTS[effort])
                except mutate.Crashed:
                    return f"crash: {case}"
                if report is not None:
                    return f"{report['property']}: {report['scenario']}"
        return ""


def judge(judges, mutant):
    for effort in range(len(EFFORTS)):
        for one in judges:
            mutant.by = one.kill(mutant, effort)
            if mutant.by:
                mutant.end = "killed"
                return
    mutant.end = "survives"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("pattern", nargs="?", default="")
    parser.add_argument("--sample", type=int)
    said = parser.parse_args()
    chosen = cases(said.pattern)
    if said.sample is not None and said.sample < len(chosen):
        chosen = random.Random(1).sample(chosen, said.sample)
    build = os.path.abspath(said.build)
    texts = {case.path: mutate.read(os.path.join(ROOT, case.path)) for case in chosen}
    for number, case in enumerate(chosen, 1):
        case.number = number
    schema = schemata.Schemata(texts, chosen)
    for case in schemata.fit(mutate.Program(build, PROGRAMS[-1]), schema, museum.together):
        case.end = "does not compile"
    judges = [Judge(build, name, schema) for name in PROGRAMS]
    done = lambda n, of: print(f"\r{n}/{of}", end="", file=sys.stderr)  # noqa: E731
    museum.together([lambda c=c: judge(judges, c) for c in schema.cases.values()], done)
    known, ends, wrong = survivors.reasons(REASONS), collections.Counter(c.end for c in chosen), 0
    for case in chosen:
        told = case.name in known
        if case.end == "survives" and not told or case.end == "killed" and told:
            wrong += 1
            print(f"{'survives' if not told else 'killed, though survivors.txt names it'}: {case.name}")
    if not said.pattern and said.sample is None:
        gone = known.keys() - {c.name for c in chosen}
        wrong += len(gone)
        print("".join(f"survivors.txt names what is gone: {name}\n" for name in sorted(gone)), end="")
    print(", ".join(f"{end}: {n}" for end, n in sorted(ends.items())) + f"; unexplained: {wrong}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
