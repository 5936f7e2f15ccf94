# zh: 把量到的讲给人听：机器、对照表、目标达到了没有。
# en: Tells what was measured: the machine, both side by side, and whether the goals are met.
from ground import show
from ground.say import text
from rows import GOALS, UNITS

IDLE = 0.2  # zh: 百分之几，再低就量不准了 en: percent; below that we measure noise


def print_facts(facts):
    labels = {key: text("bench_" + key) for key in facts}
    columns = max(map(show.width, labels.values()))
    for key, value in facts.items():
        print(f"{show.pad(labels[key], columns)}  {value}")


def print_table(table):
    head = (text("bench_row"), text("bench_procs"), "newproc", "Go", "newproc/Go", "")
    print(show.table([head, *map(cells, table)], indent="", left=(0, 5)))


def cells(entry):
    ratio = entry.get("ratio")
    return (
        text("bench_" + entry["row"]),
        str(entry["procs"]),
        shown(entry.get("newproc"), entry["unit"]),
        shown(entry.get("go"), entry["unit"]),
        "-" if ratio is None else f"{ratio:.2f}",
        "" if ratio is None else text("bench_" + verdict_on(entry)),
    )


def shown(value, unit):
    if value is None:
        return "-"
    digits = f"{value:,.2f}" if unit == "percent" else f"{value:,.0f}"
    if unit == "ns" and value < 100:
        digits = f"{value:.1f}"
    return f"{digits} {UNITS[unit]}"


def verdict_on(entry):
    """zh: 相差不到二十分之一，分不出先后；两边都闲着也一样。
    en: Less than a twentieth apart is no difference; nor is it when both are idle."""
    ratio = entry["ratio"]
    if entry["unit"] == "percent" and max(entry["newproc"], entry["go"]) < IDLE:
        return "level"
    return "ahead" if ratio < 0.95 else "behind" if ratio > 1.05 else "level"


def print_goals(table):
    """zh: 目标达到了没有；没有，差多少、为什么。
    en: Are the goals met; if not, by how much and why."""
    for entry in table:
        if entry["row"] not in GOALS or entry["procs"] != 1:
            continue
        row, ns, ratio = entry["row"], entry["newproc"], entry.get("ratio")
        goal_ns, goal_ratio, reference = GOALS[row]
        go, why = entry.get("go", 0), text("bench_why_" + row)
        elsewhere = text("bench_slow_machine", there=reference, here=go)
        report(f"{row} <= {goal_ns} ns", ns - goal_ns, f"{ns - goal_ns:.1f} ns", elsewhere if go > 1.1 * reference else why)
        if ratio is not None:
            report(f"{row} newproc/Go <= {goal_ratio}", ratio - goal_ratio, f"{ratio - goal_ratio:.2f}", why)


def report(goal, over, by, why):
    said = text("bench_met", goal=goal) if over <= 0 else text("bench_missed", goal=goal, by=by, why=why)
    print(show.wrap(said, "  ", ""))
