# zh: 习题的命令：列表、做一道、守着文件、提示、重来、看答案。
# en: The commands of exercises: the list, doing one, watching the file, hints, reset, the solution.
import os
import sys
import time

from exercises import catalogue, kinds, starters, workshop, wrong
from ground import build, lock, progress, show
from ground.say import LANG, Trouble, say, text

PATIENT = 0.2  # zh: 守着文件，每隔这么久看一眼 en: watching looks this often, in seconds
LAST_LINES = 12


def state(record):
    if record.get("solved"):
        said = text("ex_solved")
    elif progress.count(record, "attempts"):
        said = text("ex_tried", n=progress.count(record, "attempts"))
    else:
        said = text("ex_new")
    hints = progress.count(record, "hints")
    return said + (text("ex_hints_seen", n=hints) if hints else "")


def listing():
    found = catalogue.everything()
    rows = [[text("ex_title"), text("ex_stars"), text("ex_points"), text("ex_minutes"), text("ex_kind"), text("ex_state")]]
    records = {e.id: progress.exercise(e.id) for e in found}
    for e in found:
        row = [f"{e.id}  {e.task.title}", "★" * e.stars, str(e.points), str(e.minutes)]
        rows.append(row + [text("ex_kind_" + e.kind), state(records[e.id])])
    print(show.table(rows))
    solved = [e for e in found if records[e.id].get("solved")]
    print("\n" + text(
        "ex_total", solved=len(solved), all=len(found),
        points=sum(e.points for e in solved), of=sum(e.points for e in found),
    ))
    print(next_step(found, records))
    return 0


def next_step(found, records):
    left = [e for e in found if not records[e.id].get("solved")]
    return text("ex_next", id=left[0].id) if left else text("ex_all_done")


def tell(result, exercise):
    """zh: 结论。返回它过没过。 en: The verdict. Returns whether it passed."""
    if result.warnings and result.passed:
        print(text("ex_warnings") + "\n" + indented(result.warnings))
    for note in result.notes:
        print(show.wrap(note[0] if LANG == "zh" else note[1]))
    if result.passed:
        print(text("ex_passed", id=exercise.id, points=exercise.points))
        return True
    print(text("ex_not_yet"))
    print(indented(result.text) if "\n" in result.text else show.wrap(result.text))
    if result.extra:
        print(indented(result.extra))
    if result.case and result.case != "-":
        print(indented(text("ex_in_case", case=result.case)))
    output = result.output.strip().splitlines()
    if output:
        print(text("ex_output") + "\n" + indented("\n".join(output[-LAST_LINES:])))
    return False


def indented(words):
    return "\n".join("  " + line for line in words.rstrip().splitlines())


def attempt(shop, exercise):
    shop.prepare(exercise)
    kind = kinds.of(exercise)
    result = kind.judge(shop, exercise.file, shop.place(exercise))
    progress.attempted(exercise.id, result.passed)
    if tell(result, exercise):
        kind.show(shop, result)
    return result.passed


def introduce(exercise):
    """zh: 起点还没有动过，就给看题目的全文；之后只有一行标题。
    en: The whole task while the starter is as it was; after that one line with its title."""
    starters.take_over([exercise])
    if starters.there(exercise.file) and not starters.at_start(exercise):
        print(show.wrap(text("ex_again", title=exercise.task.heading, id=exercise.id), "  ", ""))
    else:
        tell_task(exercise)
    print()


def tell_task(exercise):
    print(f"{exercise.task.heading}\n\n{show.markdown(exercise.task.body)}")


def task(number):
    """zh: 只看题目，不评判。 en: Just the task; nothing is judged."""
    tell_task(catalogue.find(number))
    return 0


def one(number):
    exercise = catalogue.find(number)
    introduce(exercise)
    starters.ready(exercise)
    with lock.holding():
        passed = attempt(workshop.ready(), exercise)
    if passed:
        found = catalogue.everything()
        at = next(i for i, e in enumerate(found) if e.id == exercise.id)
        ordered = found[at + 1 :] + found[: at + 1]
        print(next_step(ordered, {e.id: progress.exercise(e.id) for e in found}))
    else:
        print(show.wrap(text("ex_edit", file=build.shown(exercise.file), id=exercise.id), "", ""))
    return 0 if passed else 1


def seal(number):
    """zh: 给出题的人：把 program.cpp 印出的值加盐散列，写进 sealed.json。
    en: For authors: writes the salted hashes of what program.cpp prints into sealed.json."""
    chosen = catalogue.find(number)
    kinds.of(chosen).seal(workshop.ready())
    return 0


def wrong_answers(number, name=None):
    """zh: 列出一道题的错答案；说了名字，就把那一份整份写到标准输出。
    en: Lists an exercise's wrong answers; with a name, writes the whole of that one to standard
    output."""
    found = {answer.name: answer for answer in wrong.of(catalogue.find(number))}
    if name is None:
        for answer in found.values():
            print(f"{answer.name}\n{show.wrap(answer.zh if LANG == 'zh' else answer.en)}")
        print("\n" + show.wrap(text("wrong_listed", n=len(found), id=number), "", ""))
        return 0
    if name not in found:
        raise Trouble("no_wrong", exit_code=2, id=number, name=name, names=text("comma").join(found))
    print(found[name].text, end="")
    return 0


def watch():
    """zh: 从第一道没解的开始，一保存就评判，解了就到下一道。
    en: From the first unsolved one on: judged with each save, moving on when solved."""
    with lock.holding():
        shop = workshop.ready()
    left = [e for e in catalogue.everything() if not progress.exercise(e.id).get("solved")]
    for exercise in left:
        print()
        introduce(exercise)
        starters.ready(exercise)
        say("ex_watching", file=build.shown(exercise.file))
        while True:
            # zh: 等着保存的时候不握锁 en: the lock is not held while waiting for a save
            with lock.holding():
                seen = stamp(exercise.file)
                passed = attempt(shop, exercise)
            if passed:
                break
            print()
            while stamp(exercise.file) in (seen, None):
                time.sleep(PATIENT)
            say("ex_judging_again", time=time.strftime("%H:%M:%S"), id=exercise.id)
        print()
    say("ex_all_done")
    return 0


def stamp(path):
    try:
        found = os.stat(path)
        return found.st_mtime_ns, found.st_size, found.st_ino
    except OSError:  # zh: 编辑器正在换名 en: the editor is about to rename
        return None


def hint(number):
    exercise = catalogue.find(number)
    seen = progress.hinted(exercise.id, len(exercise.task.hints))
    for n, words in enumerate(exercise.task.hints[:seen], 1):
        print(show.wrap(text("ex_hint", n=n, hint=words), "    ", ""))
    print(text("ex_more_hints", id=number) if seen < len(exercise.task.hints) else text("ex_no_more_hints"))
    return 0


def reset(number):
    exercise = catalogue.find(number)
    starters.take_over([exercise])
    if starters.at_start(exercise):
        say("ex_reset_same", file=build.shown(exercise.file))
        return 0
    file, backup = build.shown(exercise.file), starters.backup_of(exercise)
    if starters.there(exercise.file):
        print(text("ex_reset_ask", file=file, backup=build.shown(backup)), end="", flush=True)
        if sys.stdin.readline().strip().lower() not in ("y", "yes", "是"):
            say("ex_reset_not")
            return 1
        starters.restart(exercise, backup)
        say("ex_reset_done", file=file, backup=build.shown(backup))
    else:
        starters.restart(exercise, backup)
        say("answer_put", file=file)
    starters.warn_of_edit(exercise)
    return 0


def solution(number):
    exercise = catalogue.find(number)
    if not progress.exercise(exercise.id).get("solved") and progress.asked(exercise.id) < 2:
        hints = progress.count(progress.exercise(exercise.id), "hints")
        print(show.wrap(text("ex_solution_ask" if hints < 3 else "ex_solution_sure", id=number), "", ""))
        return 1
    kinds.of(exercise).solution()
    return 0
