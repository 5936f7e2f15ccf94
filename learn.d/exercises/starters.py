# zh: 学习者的答案住在 answers/ 里，git 不管那里：answers/ch3_runqueue/2_ring.cpp 是 3.2 的答案。起点
#     （exercises/*/*/exercise.*）归项目，谁也不改它，所以 git pull、换一份项目、reset 都碰不到答案。
#     第一次看一道题时，起点抄到那里；记下它的散列，以后起点变了就说一声。
# en: The learner's answers live in answers/, which git ignores: answers/ch3_runqueue/2_ring.cpp is the
#     answer to 3.2. Starters (exercises/*/*/exercise.*) are the project's and not edited, so git pull,
#     another copy of the project and reset can't touch an answer. With the first look at an exercise
#     its starter is copied there; its hash is recorded, and if it changes later that is told.
#
# zh: 从前的版本让人就地改起点。那样的答案搬来一次：按进度里有没有试过、又没有散列来认。
# en: In earlier versions starters were edited in place. Such answers are taken over once: they are
#     known by a record of attempts without a hash.
import hashlib
import os
import shutil
import subprocess
import time

from ground import build, job, progress, reading
from ground.say import say


def there(path):
    """zh: 有没有东西，指向空处的符号链接也算。 en: Whether anything is there, a dangling link too."""
    return os.path.lexists(path)


def digest(data):
    return hashlib.sha256(data).hexdigest()


def put(path, data):
    """zh: 先写旁边再换名：磁盘满了，原来的还在。
    en: Written beside and renamed: with a full disk what was there stays."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    beside = path + ".new"
    try:
        with open(beside, "wb") as file:
            file.write(data)
        os.replace(beside, path)
    except BaseException:
        if os.path.isfile(beside):
            os.remove(beside)
        raise


def begin(exercise, start):
    """zh: 把起点放到答案的位置。 en: Puts the starter where the answer goes."""
    put(exercise.file, start)
    progress.change(exercise.id, starter=digest(start))


def ready(exercise):
    """zh: 评判之前：没有答案就放上起点，并说在哪里；起点变了也说。
    en: Before judging: without an answer the starter is put there, and it is told where; it is told
    too when the starter has changed."""
    take_over([exercise])
    start = reading.raw(exercise.start)
    before = progress.exercise(exercise.id).get("starter")
    if not there(exercise.file):
        begin(exercise, start)
        say("answer_put", file=build.shown(exercise.file))
    elif before is None:
        progress.change(exercise.id, starter=digest(start))
    elif before != digest(start):
        told_of_change(exercise, before, start)
    else:
        return
    warn_of_edit(exercise)


def warn_of_edit(exercise):
    """zh: 起点被改过（git 知道），就说一声：也许写错了地方。
    en: Says so when the starter was edited (git knows): it may have been the wrong file."""
    if git_differs(exercise):
        say("answer_start_edited", start=build.shown(exercise.start))


def told_of_change(exercise, before, start):
    """zh: 还没有动过笔的，换上新的；动过的留着，只说一声。
    en: Where nothing has been written yet, the new one is put there; else what they wrote stays and
    it is told."""
    try:
        untouched = digest(reading.raw(exercise.file)) == before
    except reading.Unreadable:
        untouched = False
    if untouched:
        begin(exercise, start)
        say("answer_start_new", file=build.shown(exercise.file))
    else:
        say("answer_start_changed", file=build.shown(exercise.file), id=exercise.id)


def source(exercise):
    """zh: 评的是哪个文件：还没有答案的，评起点。
    en: Which file is judged: the starter where there is no answer yet."""
    return exercise.file if there(exercise.file) else exercise.start


# --- zh: 重来 en: starting again


def backup_of(exercise):
    folder = os.path.join(job.ROOT, ".learn", "backups")
    stem = f"{exercise.id}-{time.strftime('%Y%m%d-%H%M%S')}"
    ending = os.path.splitext(exercise.file)[1]
    name, n = stem + ending, 1
    while there(os.path.join(folder, name)):
        n += 1
        name = f"{stem}-{n}{ending}"
    return os.path.join(folder, name)


def at_start(exercise):
    try:
        return reading.raw(exercise.file) == reading.raw(exercise.start)
    except (FileNotFoundError, reading.Unreadable):
        return False


def restart(exercise, backup):
    """zh: 不管那里是什么（文件、链接、文件夹），都原样搬进备份，再放上起点。
    en: Whatever is there (file, link, folder) moves into the backup as it is; then the starter is put
    there."""
    start = reading.raw(exercise.start)
    fresh = exercise.file + ".start"
    put(fresh, start)  # zh: 写不下就在动手之前失败 en: if there is no room, fails before it begins
    try:
        if there(exercise.file):
            os.makedirs(os.path.dirname(backup), exist_ok=True)
            shutil.move(exercise.file, backup)
        os.replace(fresh, exercise.file)
    finally:
        if there(fresh):
            os.remove(fresh)
    progress.change(exercise.id, starter=digest(start))


# --- zh: 从前的地方 en: the old place


def git(*words):
    """zh: 问这份项目的 git；没有 git，或它不肯答，就是空。环境里的 GIT_* 说的也许是别的仓库。
    en: Asks this checkout's git; None if there is none or it refuses. GIT_* in the environment may
    speak of another repository."""
    if not shutil.which("git") or not there(os.path.join(job.ROOT, ".git")):
        return None
    clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    try:
        done = subprocess.run(
            ["git", *words], cwd=job.ROOT, capture_output=True, env=clean, stdin=subprocess.DEVNULL,
            timeout=60,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def git_differs(exercise):
    """zh: 起点与 git 里的不同。 en: The starter is not as git has it."""
    return bool(git("diff", "--name-only", "HEAD", "--", os.path.relpath(exercise.start, job.ROOT)))


def original(exercise):
    """zh: 起点原来的样子：git 里的，否则是从前的版本在第一次评判时留的。都没有就是空。
    en: The starter as it was: git's, else what an earlier version kept at the first attempt. None if
    there is neither."""
    found = git("show", "HEAD:./" + os.path.relpath(exercise.start, job.ROOT))
    kept = os.path.join(job.ROOT, ".learn", "starters", exercise.id + os.path.splitext(exercise.file)[1])
    if found is None and os.path.isfile(kept):
        found = reading.raw(kept)
    return found


def take_over(exercises):
    """zh: 从前就地改的答案搬到 answers/，再把起点放回去，免得 git pull 被它挡住。
    en: Answers that were edited in place move to answers/, and the starter is put back, lest it stand
    in the way of git pull."""
    for e in exercises:
        record = progress.exercise(e.id)
        if not progress.count(record, "attempts") or record.get("starter") or there(e.file):
            continue
        try:
            mine = reading.raw(e.start)
        except (FileNotFoundError, reading.Unreadable):
            continue
        start = original(e)
        put(e.file, mine)
        if start is None:
            start = mine
        elif start != mine:
            put(e.start, start)
            say("answer_moved", old=build.shown(e.start), file=build.shown(e.file))
        progress.change(e.id, starter=digest(start))
