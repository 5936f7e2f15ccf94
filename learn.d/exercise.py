# zh: 习题的命令：列表、做一道、守着文件、提示、重来、看答案。
# en: The commands of exercises: the list, doing one, watching the file, hints, reset, the solution.
import os
import re
import shutil
import subprocess
import sys
import time

import build
import catalogue
import job
import predict
import progress
import show
import verdict
import workshop
from say import LANG, Trouble, say, seconds, text

PATIENT = 0.2  # zh: 守着文件，每隔这么久看一眼 en: watching looks this often, in seconds
LAST_LINES = 12


def shop():
    """zh: 备好工坊：CMake 没有新东西要编译时，连它也不必叫。
    en: Gets the workshop ready."""
    build.build("default", ["exercises"])
    return workshop.Workshop()


def folder_of(exercise, label="mine"):
    return os.path.join(build.folder("default"), "exercises", exercise.id, "answers", label)


def state(record):
    if record.get("solved"):
        said = text("ex_solved")
    elif record.get("attempts"):
        said = text("ex_tried", n=record["attempts"])
    else:
        said = text("ex_new")
    return said + (text("ex_hints_seen", n=record["hints"]) if record.get("hints") else "")


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


def after_passing(workbench, exercise, result):
    """zh: 让学习者看见自己的东西动起来。 en: Lets the learner see it move."""
    if exercise.kind == "predict":
        print(text("ex_predict_shown"))
        for key, value in predict.observed(workbench, exercise).items():
            print(f"  {key} = {value}")
        return
    if not exercise.drives:
        return
    mine = verdict.drive(workbench, exercise, result.answers, folder_of(exercise))
    theirs = verdict.drive(workbench, exercise, {}, folder_of(exercise, "reference"))
    if mine is None or theirs is None:
        say("ex_drive_failed")
        return
    print(show.wrap(text(
        "ex_drive", names=text("comma").join(exercise.replaces), mine=duration(mine["us"]),
        theirs=duration(theirs["us"]), **{k: f"{mine[k]:,}" for k in ("goroutines", "steals", "wakes", "threads")},
    )))


def duration(us):
    return seconds(us / 1e6) if us >= 1e6 else f"{us / 1000:.0f} " + ("毫秒" if LANG == "zh" else "ms")


def attempt(workbench, exercise):
    if not os.path.exists(exercise.file):
        raise Trouble("ex_gone", file=build.shown(exercise.file), id=exercise.id)
    keep_starter(exercise)
    workbench.prepare(exercise)
    result = verdict.judge(workbench, exercise, exercise.file, folder_of(exercise))
    progress.attempted(exercise.id, result.passed)
    if tell(result, exercise):
        after_passing(workbench, exercise, result)
    return result.passed


def one(number):
    exercise = catalogue.find(number)
    print(f"{exercise.task.heading}\n\n{show.markdown(exercise.task.body)}\n")
    passed = attempt(shop(), exercise)
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
    predict.seal(shop(), chosen)
    return 0


def watch():
    """zh: 从第一道没解的开始，一保存就评判，解了就到下一道。
    en: From the first unsolved one on: judged with each save, moving on when solved."""
    workbench = shop()
    left = [e for e in catalogue.everything() if not progress.exercise(e.id).get("solved")]
    for exercise in left:
        print(f"\n{exercise.task.heading}\n\n{show.markdown(exercise.task.body)}\n")
        say("ex_watching", file=build.shown(exercise.file))
        while True:
            seen = stamp(exercise.file)
            if attempt(workbench, exercise):
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
    except FileNotFoundError:  # zh: 编辑器正在换名 en: the editor is about to rename
        return None


def hint(number):
    exercise = catalogue.find(number)
    seen = progress.hinted(exercise.id, len(exercise.task.hints))
    for n, words in enumerate(exercise.task.hints[:seen], 1):
        print(show.wrap(text("ex_hint", n=n, hint=words), "    ", ""))
    print(text("ex_more_hints", id=number) if seen < 3 else text("ex_no_more_hints"))
    return 0


def committed(exercise):
    """zh: git 里的文字；没有 git 就是空。 en: The text in git; None without git."""
    path = os.path.relpath(exercise.file, job.ROOT)
    if not shutil.which("git"):
        return None
    done = subprocess.run(["git", "show", "HEAD:./" + path], cwd=job.ROOT, capture_output=True)
    return done.stdout.decode("utf-8") if done.returncode == 0 else None


def starter(exercise):
    """zh: 起点的文字：第一次做之前留下的，否则是 git 里的。
    en: The starter's text: what was kept before the first attempt, else git's."""
    try:
        return catalogue.read(kept_starter(exercise))
    except OSError:
        found = committed(exercise)
    if found is None and not progress.exercise(exercise.id).get("attempts"):
        found = catalogue.read(exercise.file)
    if found is None:
        raise Trouble("ex_reset_no_start", file=build.shown(exercise.file))
    return found


def starter_file(exercise):
    """zh: 提交在 git 里的起点，作为文件；不在 git 里就是现在的文件。
    en: The starter as committed in git, as a file; where git has none, the file as it is."""
    start = committed(exercise)
    if start is None or catalogue.read(exercise.file) == start:
        return exercise.file
    folder = folder_of(exercise, "starter")
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, os.path.basename(exercise.file))
    with open(path, "w", encoding="utf-8") as file:
        file.write(start)
    return path


def kept_starter(exercise):
    return os.path.join(job.ROOT, ".learn", "starters", exercise.id + os.path.splitext(exercise.file)[1])


def keep_starter(exercise):
    """zh: 还没做过就留一份起点：学习者也许会把自己的答案提交到 git。
    en: Keeps a copy of the starter before the first attempt: learners may commit their answers."""
    if progress.exercise(exercise.id).get("attempts"):
        return
    start = committed(exercise)
    os.makedirs(os.path.dirname(kept_starter(exercise)), exist_ok=True)
    with open(kept_starter(exercise), "w", encoding="utf-8") as file:
        file.write(catalogue.read(exercise.file) if start is None else start)


def reset(number):
    exercise = catalogue.find(number)
    start = starter(exercise)
    if os.path.exists(exercise.file) and catalogue.read(exercise.file) == start:
        say("ex_reset_same", file=build.shown(exercise.file))
        return 0
    stem, ending = os.path.splitext(exercise.file)
    backup = os.path.join(
        job.ROOT, ".learn", "backups", exercise.id + "-" + time.strftime("%Y%m%d-%H%M%S") + ending
    )
    question = text("ex_reset_ask", file=build.shown(exercise.file), backup=build.shown(backup))
    print(question, end="", flush=True)
    if sys.stdin.readline().strip().lower() not in ("y", "yes", "是"):
        say("ex_reset_not")
        return 1
    os.makedirs(os.path.dirname(backup), exist_ok=True)
    if os.path.exists(exercise.file):
        shutil.copyfile(exercise.file, backup)
    with open(exercise.file, "w", encoding="utf-8") as file:
        file.write(start)
    say("ex_reset_done", backup=build.shown(backup))
    return 0


def function_text(path, name):
    """zh: 源码里的一个函数，连同它上面的注释。 en: A function of a source, with its comment."""
    source = catalogue.read(path)
    found = re.search(rf"(?:^//.*\n)*^(?!//)[\w:<>*&,\[\] ]*\b{name}\([^;]*?\) ?[^;{{}}]*\{{(?:.*\}}$|[^\0]*?^\}})", source, re.M)
    return found[0] if found else source


def solution(number):
    exercise = catalogue.find(number)
    if not progress.exercise(exercise.id).get("solved") and progress.asked(exercise.id) < 2:
        hints = progress.exercise(exercise.id).get("hints", 0)
        print(show.wrap(text("ex_solution_ask" if hints < 3 else "ex_solution_sure", id=number), "", ""))
        return 1
    if exercise.kind == "predict":
        workbench = shop()
        workbench.prepare(exercise)
        for key, value in predict.observed(workbench, exercise).items():
            print(f"{key} = {value}")
        return 0
    if exercise.has("solution.cpp"):
        parts = [(exercise.path("solution.cpp"), None)]
    else:
        parts = [(source_of(name), name) for name in exercise.replaces]
    for path, name in parts:
        print(text("ex_solution_from", path=build.shown(path)) + "\n")
        print((function_text(path, name) if name else catalogue.read(path)).rstrip() + "\n")
    return 0


def source_of(function):
    for where, _, names in sorted(os.walk(os.path.join(job.ROOT, "runtime"))):
        for name in sorted(names):
            path = os.path.join(where, name)
            if name.endswith(".cpp") and re.search(
                rf"^[\w:<>*& ]+\b{function}\([^;]*?\{{", catalogue.read(path), re.M
            ):
                return path
    raise workshop.Broken(f"runtime/ does not define {function}")
