# zh: 一道题的测试有多强：把它的正确答案一处一处改错（tests/mutation/finer.py），用它自己的测试逐个去评。活下来的，要么
#     添一个场景或测试杀死它，要么在这道题的 survivors.txt 里写明原因。许多变异体在一个程序里，运行时选一个
#     （tests/mutation/schemata.py）；什么都没变，就用上次的结果。
# en: How strong an exercise's tests are: its right answer gets one mistake after another
#     (tests/mutation/finer.py), and its own tests judge each. A survivor is killed by a new scenario or
#     test, or the exercise's survivors.txt gives the reason. Many mutants are in one program that is told
#     at run time which to be (tests/mutation/schemata.py); where nothing has changed, the results are kept.
import collections
import functools
import hashlib
import itertools
import json
import os
import re
import subprocess
import sys
import time

from exercises import catalogue, workshop
from ground import build, job, reading, show
from ground.say import Trouble, seconds, text

sys.path += [os.path.join(job.ROOT, "tests", *parts) for parts in (("checker", "museum"), ("mutation",))]
import finer  # noqa: E402
import mutator  # noqa: E402
import schemata  # noqa: E402
import survivors  # noqa: E402

KINDS = ("write", "find", "extend")
WORKERS = 2
# zh: 只有选哪一个；进过哪些函数不记：大门不许写文件
# en: Only the choice; which functions are entered is not noted: the gate forbids writing files
HEAD = """#include <cstdlib>
inline const int newproc_mutant = [] {
  const char* said = std::getenv("NEWPROC_MUTANT");
  return said != nullptr ? std::atoi(said) : 0;
}();
inline constexpr unsigned char* newproc_reached = nullptr;
#line 1 "%(path)s"
"""
# zh: 死循环的给这么多 CPU，停住的给这么多时间，外加正确答案所用的几倍
# en: So much CPU for those that loop, so much time for those that stand still, besides some times what the right answer takes
CPU_SECONDS, WALL_SECONDS, TIMES = 3, 6, 4
MEMORY_KB = 4 << 20
BOUNDED = ("sh", "-c", 'ulimit -v "$0"; ulimit -t "$1"; ulimit -c 0; shift; exec "$@"', str(MEMORY_KB))


class Mutants(schemata.Schemata):
    head = HEAD


class Case:
    """zh: 一处改错，和它的下场。 en: A mistake, and what became of it."""

    def __init__(self, path, source, mutation):
        self.path, self.mutation, self.number = path, mutation, 0
        self.name = survivors.name(source, mutation)
        self.end, self.by = "", ""


def cases(exercise):
    path, source = build.shown(exercise.right), catalogue.read(exercise.right)
    found = [Case(path, source, m) for m in finer.mutations(source)]
    survivors.tell_apart(found)
    for number, case in enumerate(found, 1):
        case.number = number
    return source, found


class Trial:
    """zh: 一道题的全部变异体。 en: All mutants of an exercise."""

    def __init__(self, shop, exercise):
        self.shop, self.exercise, self.folder = shop, exercise, shop.place(exercise, "mutants")
        self.source, self.cases = cases(exercise)
        self.schema = Mutants({self.cases[0].path: self.source} if self.cases else {}, self.cases)
        self.programs, self.took = [], {}

    def key(self):
        """zh: 凭什么说什么都没变。 en: By what it is known that nothing has changed."""
        digest, shop, e = hashlib.sha256(), self.shop, self.exercise
        files = [__file__, *(part.__file__ for part in (finer, mutator, schemata, survivors)), e.right]
        for platform in e.platforms:
            files += [shop.tests(e, platform), *shop.runtime(e, platform), *shop.plan[platform]["harness"]]
        for path in [*files, *shop.plan["judge"]]:
            with open(path, "rb") as file:
                digest.update(hashlib.sha256(file.read()).digest())
        return digest.hexdigest()

    def make(self):
        """zh: 编译不过的都拿掉，然后链接。 en: Takes out what does not compile, then links."""
        os.makedirs(self.folder, exist_ok=True)
        whole = os.path.join(self.folder, "mutants.cpp")
        for platform in self.exercise.platforms:
            answer = self.compiled(whole, platform)
            self.programs.append(os.path.join(self.folder, platform))
            self.shop.link(self.exercise, platform, answer, self.programs[-1])

    def compiled(self, whole, platform):
        while True:
            [changed] = self.schema.changed().values()
            with open(whole, "w", encoding="utf-8") as file:
                file.write(changed)
            try:
                return self.shop.answer(self.exercise, whole, platform, self.folder)[0]
            except workshop.Refused as trouble:
                # zh: 警告里点了名的不算 en: being named in a warning does not count
                said = trouble.values.get("said", "")
                errors = "\n".join(re.findall(r"^mutant_\d+:.*(?:error|错误).*$", said, re.M))
                gone = self.schema.take_out(errors) or self.schema.take_out(said)
                if not gone:
                    raise workshop.Broken(f"{self.exercise.id}: mutants: {trouble.key} {trouble.values}") from None
                for case in gone:
                    case.end = "does not compile"

    def run(self, program, number):
        """zh: 通过了就空，否则是谁说的什么。 en: Empty if it passes, else who says what."""
        cpu, wall = (bound + round(TIMES * self.took.get(program, 5)) for bound in (CPU_SECONDS, WALL_SECONDS))
        environment = workshop.CLEAN | {"LANG": "en", "NEWPROC_MUTANT": str(number)}
        try:
            code, _, said = job.output([*BOUNDED, str(cpu), program, "1"], wall, cwd="/", env=environment)
        except subprocess.TimeoutExpired:
            return "does not end"
        events = []
        for line in said.splitlines():
            if line.startswith('{"event": '):
                try:
                    events.append(json.loads(line))
                except ValueError:
                    pass
        of = lambda kind: [event for event in events if event["event"] == kind]  # noqa: E731
        where = (of("case") or [{"name": "-"}])[-1]["name"]
        if of("failure"):
            return f"{where}: {of('failure')[0]['en'].splitlines()[0]}"
        return "" if code == 0 and len(of("end")) == 1 else f"{where}: ends with {code}"

    def ready(self):
        self.make()
        for program in self.programs:
            began = time.monotonic()
            said = self.run(program, 0)
            if said:
                raise workshop.Broken(f"{self.exercise.id}: the right answer with no mutant chosen: {said}")
            self.took[program] = time.monotonic() - began
        self.programs.sort(key=self.took.get)

    def judge(self, case):
        for program in self.programs:
            case.by = self.run(program, case.number)
            if case.by:
                case.by = f"{os.path.basename(program)}: {case.by}"
                case.end = "killed"
                return
        case.end = "survives"


class Score:
    """zh: 一道题的结果。 en: An exercise's result."""

    def __init__(self, exercise, ends):
        self.exercise, self.ends = exercise, ends
        self.known = survivors.reasons(exercise.path("survivors.txt"))
        count = collections.Counter(end for end, _ in ends.values())
        self.killed, self.survive = count["killed"], count["survives"]
        self.mutants = self.killed + self.survive

    def of(self, end):
        return [name for name, (e, _) in self.ends.items() if e == end]

    def findings(self):
        unexplained = [name for name in self.of("survives") if name not in self.known]
        for name in unexplained:
            yield f"{self.exercise.id}: a mutant survives: {name}"
        for name, why in self.known.items():
            end, by = self.ends.get(name, ("", ""))
            if end == "killed":
                yield f"{self.exercise.id}: survivors.txt names one that is killed: {name} ({by})"
            elif end != "survives":
                yield f"{self.exercise.id}: survivors.txt names one that is not there: {name}"
            if " / " not in why:
                yield f"{self.exercise.id}: survivors.txt: the reason must be Chinese / English: {why}"


def measure(shop, exercises, title):
    """zh: 每道题的结果；没有变的用上次的。 en: Each exercise's result; what has not changed is taken from the last time."""
    scores, trials = {}, []
    for e in exercises:
        trial = Trial(shop, e)
        kept = saved(trial)
        if kept is None:
            trials.append(trial)
        else:
            scores[e.id] = Score(e, kept)
    job.in_turn([trial.ready for trial in trials], WORKERS)
    with show.Progress(title) as line:
        jobs = [(trial, case) for trial in trials for case in trial.cases if not case.end]
        done = itertools.count(1)

        def judge(trial, case):
            trial.judge(case)
            line.step(next(done), len(jobs), trial.exercise.id)

        job.in_turn([functools.partial(judge, *one) for one in jobs], WORKERS)
    for trial in trials:
        ends = {case.name: (case.end, case.by) for case in trial.cases}
        with open(os.path.join(trial.folder, "ends.json"), "w", encoding="utf-8") as file:
            json.dump({"key": trial.key(), "ends": ends}, file, ensure_ascii=False)
        scores[trial.exercise.id] = Score(trial.exercise, ends)
    return [scores[e.id] for e in exercises]


def saved(trial):
    try:
        kept = reading.saved(os.path.join(trial.folder, "ends.json"))
        return {name: tuple(end) for name, end in kept["ends"].items()} if kept.get("key") == trial.key() else None
    except (reading.Unreadable, FileNotFoundError, KeyError):
        return None


def with_code(exercises):
    return [e for e in exercises if e.kind in KINDS]


def command(number=None):
    """zh: 列出结果，和没有原因的幸存者。 en: Lists the results, and the survivors without a reason."""
    began = time.monotonic()
    found = with_code([catalogue.find(number)] if number else catalogue.everything())
    shop = workshop.ready()
    shop.prepare(*found)
    scores = measure(shop, found, text("step_mutants"))
    rows = [[text("ex_title"), text("mutants_all"), text("mutants_killed"), text("mutants_survive"), text("mutants_unexplained")]]
    findings = []
    for score in scores:
        found = list(score.findings())
        rows.append([f"{score.exercise.id}  {score.exercise.task.title}", str(score.mutants), str(score.killed), str(score.survive), str(len(found))])
        findings += found
    print(show.table(rows))
    for line in findings:
        print("  " + line)
    print(text("mutants_total", n=sum(s.mutants for s in scores), killed=sum(s.killed for s in scores), seconds=seconds(time.monotonic() - began)))
    if findings:
        raise Trouble("mutants_bad", n=len(findings))
    return 0
