# zh: 检查器有多强：把第 2 到 5 章的每一处改错（mutator.py），看场景抓不抓得住。活下来的，要么添一个场景杀死它，
#     要么在 survivors.txt 里写明原因。
#         python3 judge.py 构建目录 [文件或函数名里的字] [--sample N]
# en: How strong the checker is: makes a mistake of each place in chapters 2 to 5 (mutator.py) and sees whether
#     the scenarios catch it. A survivor is killed by a new scenario, or survivors.txt gives the reason.
#         python3 judge.py BUILD [words of a file's or function's name] [--sample N]
import argparse
import collections
import hashlib
import json
import os
import random
import sys

import mutator

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.append(os.path.join(ROOT, "tests", "checker", "museum"))
import matrix  # noqa: E402
import museum  # noqa: E402
import mutate  # noqa: E402

CHAPTERS = ("ch2_goroutine", "ch3_runqueue", "ch4_machine", "ch5_spinning")
REASONS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "survivors.txt")


class Case:
    """zh: 一处改错，和它的下场。 en: A mistake, and what became of it."""

    def __init__(self, path, text, mutation):
        self.path, self.mutation = path, mutation
        self.changed = {path: mutation.apply(text)}
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


def judge(build, case):
    key = hashlib.sha256(json.dumps(case.changed, sort_keys=True).encode()).hexdigest()[:20]
    try:
        for name, environment, options in matrix.runs(case.path):
            program = mutate.Program(build, name)
            made = program.mutant("mutation_" + key, case.changed)
            report = mutate.until_failure(made, options, environment)
            if report is not None:
                case.end, case.by = "killed", f"{report['property']}: {report['scenario']}"
                return
        case.end = "survives"
    except mutate.Refused:
        case.end = "does not compile"
    except mutate.Crashed:
        case.end, case.by = "killed", "crash"
    finally:
        mutate.shutil.rmtree(os.path.join(build, "mutants", "mutation_" + key), ignore_errors=True)


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
    done = lambda n, of: print(f"\r{n}/{of}", end="", file=sys.stderr)  # noqa: E731
    museum.together([lambda c=c: judge(build, c) for c in chosen], done)
    known, ends, wrong = reasons(), collections.Counter(c.end for c in chosen), 0
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
