# zh: 变异体博物馆：mutants/ 里每个补丁是一个错的调度器。每个都要被指定的场景以指定的性质杀死；
#     真的运行时要在同一个场景里活过十倍的执行（或者已被证明）。
# en: The museum of mutants: each patch in mutants/ is a wrong scheduler. The scenario that it names
#     must kill it by the property that it names; and in that scenario the real runtime must survive
#     ten times as many executions (or be proved).
import os
import re

import mutate

FOLDER = os.path.join(mutate.HERE, "mutants")
TIMES = 10
DEFAULT = "checker_checkpoint5"


class Mutant:
    def __init__(self, name):
        self.name = name
        text = mutate.read(os.path.join(FOLDER, name + ".patch"))
        head, _, self.patch = text.partition("\n\n")
        fields = dict(re.findall(r"^(\w+): (.*)$", head, re.M))
        lacking = [key for key in ("zh", "en", "case", "property") if not fields.get(key)]
        if lacking:
            raise mutate.Wrong(f"{name}.patch lacks {', '.join(lacking)}")
        self.zh, self.en, self.case = fields["zh"], fields["en"], fields["case"]
        self.property = fields["property"]
        self.program = fields.get("program", DEFAULT)
        # zh: 杀不死的，原因写在这里 en: why one that can't be killed can't
        self.survives = fields.get("survives")
        self.environment = dict(re.findall(r"(\w+)=(\S+)", fields.get("with", "")))

    def explore(self, build, **variables):
        """zh: 造出来，跑它的场景；返回最后一次探索的报告。
        en: Makes it and runs its scenario; returns the report of the last exploration."""
        changed = mutate.apply(self.patch)
        program = mutate.Program(build, self.program).mutant(self.name, changed)
        reports, _ = mutate.explore(program, self.case, **self.environment, **variables)
        failed = [r for r in reports if r["verdict"] == "FAILED"]
        return failed[0] if failed else reports[-1]

    def as_told(self, report):
        """zh: 结局与它的说明相符吗？ en: Is the outcome as the mutant says?"""
        if self.survives:
            return report["verdict"] != "FAILED"
        return report["verdict"] == "FAILED" and report["property"] == self.property


def names():
    return sorted(f[:-6] for f in os.listdir(FOLDER) if f.endswith(".patch"))


def survive(build, mutants_and_reports):
    """zh: 每个场景：真的运行时要走的执行数。 en: For each scenario: the executions that the real
    runtime must survive."""
    budget = {}
    for mutant, report in mutants_and_reports:
        key = (mutant.program, mutant.case, tuple(sorted(mutant.environment.items())))
        if not mutant.survives:
            budget[key] = max(budget.get(key, 0), TIMES * report["executions"])
    return budget


def survivor(build, key, executions):
    """zh: 真的运行时在一个场景里的报告。 en: The real runtime's report in a scenario."""
    program, case, environment = key
    executable = mutate.Program(build, program).program
    reports, _ = mutate.explore(
        executable, case, CHECKER_EXECUTIONS=executions, **dict(environment)
    )
    failed = [r for r in reports if r["verdict"] == "FAILED"]
    return failed[0] if failed else reports[-1]
