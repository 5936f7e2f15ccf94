# zh: 四种搜索，同一个变异体各要走多少次执行才抓住它：先走意外少的；PCT；POS；全随机。走满 MOST 次还没有，记作
#     “-”；程序自己先崩溃了，记作“!”。记在 searches.txt 里，博物馆那一页写着；选择和种子都是定的，所以每次数出来
#     一样，不一样就失败。
#         python3 searches.py 构建目录 [--write]
# en: Four searches, and how many executions each needs to catch a mutant: fewest surprises first; PCT; POS; all
#     at random. "-": not within MOST; "!": the program itself crashes first. They are noted in searches.txt and
#     stand on the museum's page; choices and seeds are fixed, so each count gives the same numbers, and
#     fails otherwise.
#         python3 searches.py BUILD [--write]
import os
import statistics
import sys

import museum
import mutate

NOTED = os.path.join(mutate.HERE, "searches.txt")
KINDS = ("bounded", "pct", "pos", "random")
MOST = 20_000
HEAD = """# zh: 变异体，和四种搜索各走几次执行抓住它（searches.py 数的）：意外少的先、PCT、POS、全随机。
# en: A mutant, and how many executions four searches need for it (counted by searches.py): fewest surprises
#     first, PCT, POS, all at random.
"""


def count(build, mutant, kind):
    try:
        report = mutant.explore(build, CHECKER_SEARCH=kind, CHECKER_EXECUTIONS=MOST)
    except mutate.Crashed:
        return "!"
    return str(report["executions"]) if report["verdict"] == "FAILED" else "-"


def counted(build):
    """zh: [(名字, 四个数)]，杀得死的全部。 en: [(name, four numbers)], for all that can be killed."""
    killed = [m for m in map(museum.Mutant, museum.names()) if not m.survives]
    for m in killed:  # zh: 先造好，四种搜索共用 en: made first, for all four
        mutate.Program(build, m.program).mutant(m.name, m.changed())
    tasks = [lambda m=m, k=k: count(build, m, k) for m in killed for k in KINDS]
    numbers = iter(museum.together(tasks, lambda *_: None))
    return [(m.name, [next(numbers) for _ in KINDS]) for m in killed]


def noted():
    """zh: {名字: 四个数} en: {name: four numbers}"""
    lines = [line.split() for line in mutate.read(NOTED).splitlines() if line and line[0] != "#"]
    return {name: numbers for name, *numbers in lines}


def summary(table):
    """zh: 每种搜索：抓住几个，中位数。 en: For each search: how many it caught, and the median."""
    for i, kind in enumerate(KINDS):
        found = [int(numbers[i]) for numbers in table.values() if numbers[i].isdigit()]
        yield kind, len(found), round(statistics.median(found)), max(found)


def main(build, write):
    table = counted(build)
    text = HEAD + "".join(f"{name} {' '.join(numbers)}\n" for name, numbers in table)
    if write:
        with open(NOTED, "w", encoding="utf-8") as file:
            file.write(text)
    for kind, caught, median, most in summary(dict(table)):
        print(f"{kind:8} caught {caught} of {len(table)}, median {median}, most {most}")
    known = noted()
    wrong = [f"{name}: now {numbers}, noted {known.get(name)}" for name, numbers in table if known.get(name) != numbers]
    wrong += [f"{name}: noted, but not in the museum" for name in known if name not in dict(table)]
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], "--write" in sys.argv))
