# zh: check：走遍各场景的交错，或走到预算为止；再看博物馆里的变异体是不是都死了。
# en: check: walks the scenarios' interleavings, all of them or as far as the budget goes; then looks
#     whether all the museum's mutants die.
import json
import os
import sys
import time
import types

from ground import bilingual, build, job, show
from ground.say import LANG, Trouble, say, seconds, text

sys.path[:0] = [os.path.join(job.ROOT, "tests", "checker", "museum"), os.path.join(job.ROOT, "docs", "tools")]
import matrix  # noqa: E402
import museum  # noqa: E402
import mutate  # noqa: E402
import source  # noqa: E402

PRESET = "default"
# zh: 检查器自己的测试，和场景 en: the checker's own tests, and the scenarios
OWN = ("checker_litmus", "checker_self")
SCENARIOS = ("checker_mutex", "checker_checkpoint3", "checker_checkpoint4", "checker_checkpoint5")


def run(said):
    if said.what == "mutant" and said.name not in museum.names():
        raise Trouble("no_mutant", exit_code=2, name=said.name, names=", ".join(museum.names()))
    build.build(PRESET, [*OWN, *SCENARIOS])
    try:
        return chosen(said)
    except mutate.Wrong as wrong:
        raise Trouble("check_stopped", text=own_words(str(wrong))) from None


def chosen(said):
    if said.what == "mutant":
        return one_mutant(museum.Mutant(said.name), wishes(said), said.json)
    if said.what == "scenario":
        return scenario(" ".join(said.name), wishes(said), said.json)
    if said.what == "matrix":
        return order_matrix(said.json)
    return everything(said.json, only_museum=said.what == "museum")


def wishes(said):
    """zh: 检查器从环境里读的。 en: What the checker reads from the environment."""
    return {"CHECKER_REPLAY": said.replay, "CHECKER_FULL": 1 if said.full else None}


def own_words(said):
    """zh: 检查器停下时说的话，只要一种语言的；没有就是全部。
    en: What the checker said when it stopped, in one language; else everything."""
    lines = [line[9:] for line in said.splitlines() if line.startswith("checker: ")]
    mine = [line for line in lines if bool(bilingual.HAN.search(line)) == (LANG == "zh")]
    return "\n".join(mine or lines) or said[-2000:].strip()


def half(pair):
    """zh: “中文 / English”里的一半。 en: One half of "Chinese / English"."""
    zh, slash, en = pair.partition(" / ")
    return (zh if LANG == "zh" else en) if slash else pair


def verdict(report):
    return text("verdict_" + report["verdict"].replace(" ", "_"))


def emit(kind, report, **more):
    print(json.dumps({"kind": kind} | more | report, ensure_ascii=False))


def with_progress(title, work):
    with show.Progress(text(title)) as line:
        return work(line.step)


# --- zh: 一个变异体，一个场景 en: one mutant, one scenario


def one_mutant(mutant, wanted, as_json):
    report = mutant.explore(build.folder(PRESET), **wanted)
    if as_json:
        for step in report["steps"]:
            print(json.dumps(step, ensure_ascii=False))
    else:
        print(show.wrap(mutant.zh if LANG == "zh" else mutant.en, "") + "\n")
        print(source.difference(mutant.changed(), LANG) + "\n")
        tell(report)
        if mutant.survives:
            print(show.wrap(text("survives", reason=half(mutant.survives)), ""))
    return 0 if mutant.as_told(report) else 1


def tell(report):
    # zh: 重演的次数不同，所以不在故事里 en: a replay counts differently, so this is not in the story
    how_many = "surprises_any" if report["verdict"] == "PROVED" else "surprises_up_to"
    numbers = text(how_many, **report) + text("numbers", **report)
    say("told", scenario=report["scenario"], verdict=verdict(report), numbers=numbers)
    print(report["zh" if LANG == "zh" else "en"], end="")


def scenario(name, wanted, as_json):
    found = [(p, c) for p in SCENARIOS for c in mutate.cases(program(p)) if name in c]
    if not found:
        raise Trouble("no_scenario", exit_code=2, name=name)
    failed = False
    for where, case in found:
        reports, code = mutate.explore(program(where), case, **wanted)
        failed |= code != 0
        for report in reports:
            if as_json:
                emit("scenario", report, case=case)
            else:
                tell(report)
    return 1 if failed else 0


def program(name):
    return mutate.Program(build.folder(PRESET), name).program


# --- zh: 全部 en: everything


def everything(as_json, only_museum):
    began, problems = time.monotonic(), 0
    if not only_museum:
        problems += scenarios(as_json)
    judged = with_progress("judging", lambda step: museum.mutants(build.folder(PRESET), step))
    problems += mutants(judged, as_json)
    alive = with_progress(
        "surviving", lambda step: museum.survivors(build.folder(PRESET), judged, step)
    )
    problems += survivors(alive, as_json)
    took = seconds(time.monotonic() - began)
    say("check_failed" if problems else "check_passed", n=problems, seconds=took)
    return 1 if problems else 0


def scenarios(as_json):
    places = [(p, c, {}) for p in OWN + SCENARIOS for c in mutate.cases(program(p))]
    # zh: 锁还要在没有 membarrier 的内核上试 en: the lock, on a kernel without membarrier too
    places += [(p, c, {"CHECKER_NO_MEMBARRIER": 1}) for p, c, _ in places if p == "checker_mutex"]
    tasks = [lambda p=p, c=c, e=e: mutate.explore(program(p), c, p in OWN, **e) for p, c, e in places]
    results = with_progress("exploring", lambda step: museum.together(tasks, step))
    rows = [[text(key) for key in ("scenario", "verdict", "surprises", "executions", "longest")]]
    failed, own = 0, 0
    for (where, case, _), (reports, code) in zip(places, results):
        failed += code != 0
        own += where in OWN
        for report in reports if where in SCENARIOS or code != 0 else ():
            if as_json:
                emit("scenario", report, case=case, ok=code == 0)
                continue
            any_number = report["verdict"] == "PROVED"  # zh: 不限 en: unlimited
            surprises = "" if any_number else str(report["surprises"])
            counts = [str(report[key]) for key in ("executions", "longest")]
            rows.append([case, verdict(report), surprises, *counts])
    if not as_json:
        print(text("own_tests", n=own) + "\n\n" + show.table(rows) + "\n")
        for (where, case, _), (reports, code) in zip(places, results):
            if code != 0:
                print(case)
                tell(reports[-1])
    return failed


def mutants(judged, as_json):
    rows = [[text(key) for key in ("mutant", "killed_by", "executions", "surprises", "steps")]]
    notes = []
    for mutant, report, problem in judged:
        if as_json:
            told = {"name": mutant.name, "zh_name": mutant.zh, "en_name": mutant.en}
            emit("mutant", report or {}, **told, problem=problem, survives=mutant.survives)
            continue
        if problem or mutant.survives:
            rows.append([mutant.name, text("wrong") if problem else text("alive"), "", "", ""])
            reason = problem or half(mutant.survives)
            notes.append(show.wrap(f"{mutant.name}: {reason}", "    ", "  "))
            continue
        counts = [str(report["executions"]), str(report["surprises"]), str(len(report["steps"]))]
        rows.append([mutant.name, report["property_zh" if LANG == "zh" else "property_en"], *counts])
    if not as_json:
        print(show.table(rows) + "\n" + "\n".join(notes) + "\n")
    return sum(bool(problem) for *_, problem in judged)


def survivors(alive, as_json):
    failed = 0
    for case, executions, report in alive:
        if report["verdict"] == "FAILED":
            failed += 1
            tell(report)
        if as_json:
            emit("survivor", report, case=case, asked=executions)
    if not as_json:
        most = max(executions for _, executions, _ in alive)
        print(show.wrap(text("survived", n=len(alive) - failed, all=len(alive), most=most), ""))
    return failed


# --- zh: 内存序的矩阵 en: the matrix of orders


def order_matrix(as_json):
    rows = with_progress("weakening", lambda step: matrix.everything(build.folder(PRESET), step))
    if as_json:
        for row in rows:
            print(json.dumps(row.__dict__, ensure_ascii=False))
    else:
        print(matrix.table(rows, LANG))
    return 1 if any(row.problem for row in rows) else 0


if __name__ == "__main__":
    # zh: 生成网站时从这里进来：要的都已构建好。 en: The site's entry: what it needs is built already.
    what, name = sys.argv[1:3]
    name = [name] if what == "scenario" else name
    sys.exit(chosen(types.SimpleNamespace(what=what, name=name, replay=None, full=False, json=False)))
