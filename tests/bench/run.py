#!/usr/bin/env python3
# zh: ./learn bench：把 newproc_bench 和它的 Go 孪生交替地跑几轮，取中位数，打印对照表。
#     没有 go 就只量 newproc。快慢不算成败：只有程序出错，退出码才不是 0。
# en: ./learn bench: runs newproc_bench and its Go twin in turn for several rounds, takes medians,
#     prints both side by side. Without go it measures newproc alone. Slow is not a failure: the exit
#     code is 0 unless a program fails.
import argparse
import json
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "learn.d"))
import machine
import rounds
import telling
from ground import say, show
from ground.say import Trouble, text
from rows import ROWS


def arguments():
    parser = argparse.ArgumentParser(description="newproc 与 Go 的对照测量 / newproc measured beside Go")
    parser.add_argument("--build", required=True, type=pathlib.Path, metavar="DIR",
                        help="构建目录 / the build directory")
    parser.add_argument("--quick", action="store_true", help="半分钟以内 / under half a minute")
    parser.add_argument("--rows", default=",".join(ROWS), metavar="A,B",
                        help="只量这几行 / only these rows: " + ", ".join(ROWS))
    parser.add_argument("--lang", choices=("zh", "en"), help="语言 / language")
    parser.add_argument("--json", action="store_true", help="输出 JSON / print JSON")
    return parser.parse_args()


def chosen(names):
    rows = [name for name in names.split(",") if name]
    for name in rows:
        if name not in ROWS:
            raise Trouble("bench_unknown_row", exit_code=2, row=name, rows=", ".join(ROWS))
    return rows


def main(options):
    rows = chosen(options.rows)
    programs = rounds.programs_of(options.build)
    load, checked = machine.busy(), machine.checked(options.build)
    facts = machine.describe(options.build, "go" in programs)
    numbers, done = rounds.run(programs, rows, options.quick)
    table = rounds.summary(numbers)
    if options.json:
        print(json.dumps({**facts, "checked": checked, "rounds": done, "rows": table}, indent=1, ensure_ascii=False))
        return
    telling.print_facts(facts)
    print(f"\n{text('bench_rounds', n=done)}\n")
    telling.print_table(table)
    print()
    if load:
        print(show.wrap(text("bench_busy", load=load), "", ""))
    if checked:
        print(show.wrap(text("bench_checked"), "", ""))
    else:
        telling.print_goals(table)


if __name__ == "__main__":
    try:
        options = arguments()
        say.LANG = options.lang or say.LANG
        main(options)
    except Trouble as trouble:
        say.say(trouble.key, **trouble.values)
        sys.exit(trouble.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
