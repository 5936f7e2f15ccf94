# zh: 变异体博物馆：mutants/ 里每个补丁是一个错的调度器。每个都要被指定的场景以指定的性质杀死；
#     真的运行时要在同一个场景里活过十倍的执行（或者已被证明）。杀不死的写明原因，若忽然死了，也算错。
# en: The museum of mutants: each patch in mutants/ is a wrong scheduler. The scenario that it names
#     must kill it by the property that it names; and in that scenario the real runtime must survive
#     ten times as many executions (or be proved). One that can't be killed says why, and if it dies
#     all the same that is wrong too.
import concurrent.futures
import os
import re
import sys

import mutate
from ground import patch

FOLDER = os.path.join(mutate.HERE, "mutants")
TIMES = 10
DEFAULT = "checker_checkpoint5"
# zh: 性质的名字，只在 C++ 里写着：{key: (zh, en)} en: the properties' names; C++ alone has them
TABLE = os.path.join(os.path.dirname(mutate.HERE), "engine", "property.hpp")
PROPERTIES = {
    key: (zh, en)
    for key, zh, en in re.findall(r'^ *\{"(.+)", "(.+)", "(.+)"\},$', mutate.read(TABLE), re.M)
}


class Mutant:
    def __init__(self, name):
        self.name = name
        self.kept = patch.Patch(os.path.join(FOLDER, name + ".patch"), ("zh", "en", "case", "property"))
        self.patch, fields = self.kept.hunks, self.kept.fields
        self.zh, self.en, self.case = fields["zh"], fields["en"], fields["case"]
        self.property = fields["property"]
        if self.property not in PROPERTIES:
            raise mutate.Wrong(f"{self.kept.path}: no such property: {self.property}")
        self.program = fields.get("program", DEFAULT)
        self.survives = fields.get("survives")  # zh: 杀不死的原因 en: why it can't be killed
        self.environment = dict(re.findall(r"(\w+)=(\S+)", fields.get("with", "")))

    def changed(self):
        """zh: {文件: 改过的文字} en: {file: changed text}"""
        return self.kept.changed()

    def explore(self, build, **variables):
        """zh: 造出来，跑它的场景；返回失败的（否则最后一次）探索的报告。
        en: Makes it and runs its scenario; returns the report of the exploration that failed, else
        of the last."""
        program = mutate.Program(build, self.program).mutant(self.name, self.changed())
        return the_report(program, self.case, **self.environment, **variables)

    def as_told(self, report):
        """zh: 结局与它的说明相符吗？ en: Is the outcome as the mutant says?"""
        if self.survives:
            return report["verdict"] != "FAILED"
        return report["verdict"] == "FAILED" and report["property"] == self.property


def the_report(program, case, **variables):
    reports, _ = mutate.explore(program, case, **variables)
    return next((r for r in reports if r["verdict"] == "FAILED"), reports[-1])


def names():
    return sorted(name[:-6] for name in os.listdir(FOLDER) if name.endswith(".patch"))


def together(tasks, on_done):
    """zh: 几个一起跑，按次序返回结果。 en: Runs several at once; returns the results in order."""
    workers = len(os.sched_getaffinity(0))
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(task) for task in tasks]
        try:
            for done, _ in enumerate(concurrent.futures.as_completed(futures), 1):
                on_done(done, len(futures))
            return [future.result() for future in futures]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def judge(build, name):
    """zh: （变异体，报告或 None，不相符时的说明）。 en: (mutant, report or None, what is wrong)."""
    mutant = Mutant(name)
    try:
        report = mutant.explore(build)
    except mutate.Wrong as wrong:
        return mutant, None, str(wrong)
    if mutant.as_told(report):
        return mutant, report, ""
    return mutant, report, f"{report['verdict']} {report['property']} {report['words']}"


def mutants(build, on_done):
    return together([lambda n=name: judge(build, n) for name in names()], on_done)


def survivors(build, judged, on_done):
    """zh: 真的运行时，在每个杀死过变异体的场景里走最慢一次的十倍。返回 [(场景, 执行数, 报告)]。
    en: The real runtime, in each scenario that killed mutants, with ten times the executions of the
    slowest kill. Returns [(scenario, executions, report)]."""
    budget = {}
    for mutant, report, _ in judged:
        if report is not None and not mutant.survives:
            key = (mutant.program, mutant.case, tuple(mutant.environment.items()))
            budget[key] = max(budget.get(key, 0), TIMES * report["executions"])

    def survive(key, executions):
        program, case, environment = key
        executable = mutate.Program(build, program).program
        asked = dict(environment) | {"CHECKER_EXECUTIONS": executions}
        return case, executions, the_report(executable, case, **asked)

    return together([lambda k=k, n=n: survive(k, n) for k, n in budget.items()], on_done)


def main(build):
    judged = mutants(build, lambda *_: None)
    wrong = 0
    for mutant, report, problem in judged:
        story = f"{report['executions']} executions" if report else ""
        print(f"{'WRONG' if problem else 'ok':6}{mutant.name:30}{problem or story}")
        wrong += bool(problem)
    for case, executions, report in survivors(build, judged, lambda *_: None):
        alive = report["verdict"] != "FAILED"
        print(f"{'ok' if alive else 'WRONG':6}{case}: {report['verdict']}, {executions} asked for")
        wrong += not alive
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
