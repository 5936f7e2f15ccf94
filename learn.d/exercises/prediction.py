# zh: 预测题：答案不在仓库里，只有加盐的散列（sealed.json）；真正的值来自 program.cpp 的运行。
#     学习者当然可以自己编译它去看，但那时他已经不是在预测了。
# en: Predictions: the answers are not in the repository, only salted hashes (sealed.json); the true
#     values come from a run of program.cpp. A learner can of course compile it and look; but then it
#     is no longer a prediction.
import hashlib
import json
import os
import re
import secrets

from exercises import catalogue, workshop, wrong
from exercises import verdict as verdicts
from ground import job, lock, say
from ground.say import text

ROUNDS = 100_000
PATIENCE = 30


def normal(value):
    return " ".join(value.replace(",", " ").split())


def parse(path):
    """zh: “键 = 值”的文件。 en: A file of "key = value"."""
    found = {}
    for line in catalogue.read(path).splitlines():
        key, equals, value = line.partition("=")
        if equals and not line.lstrip().startswith("#"):
            found[key.strip()] = normal(value)
    return found


def digest(salt, key, value):
    words = f"{key}={normal(value)}".encode()
    return hashlib.pbkdf2_hmac("sha256", words, bytes.fromhex(salt), ROUNDS).hex()


class Prediction:
    def __init__(self, exercise):
        self.exercise = exercise

    def sealed(self):
        try:
            return json.loads(catalogue.read(self.exercise.path("sealed.json")))
        except (OSError, ValueError):
            raise workshop.Broken(f"{self.exercise.id}: sealed.json is missing: ./learn ex --seal") from None

    def compare(self, given):
        """zh: 返回（错的键，没写的键）。 en: Returns (wrong keys, keys not filled in)."""
        seal = self.sealed()
        lacking = [key for key in seal["keys"] if not given.get(key)]
        mistaken = [
            key for key, hashed in seal["keys"].items()
            if given.get(key) and digest(seal["salt"], key, given[key]) != hashed
        ]
        return mistaken, lacking

    def explain(self, given, keys):
        """zh: 与一份已知的错答案相同，就说出它错在哪里。
        en: Where it equals a wrong answer that is known, tells what is wrong about it."""
        for answer in wrong.of(self.exercise):
            known = parse(answer.path)
            if any(known.get(key) == given[key] for key in keys):
                return answer.zh, answer.en
        return None

    def judge(self, shop, source, folder, **_):
        """zh: source 为空：程序印出的值。 en: source None: the values that the program prints."""
        unfit = verdicts.unfit(self.exercise, source)
        if unfit:
            return unfit
        given = self.observed(shop) if source is None else parse(source)
        mistaken, lacking = self.compare(given)
        explained = self.explain(given, mistaken)
        if explained:
            return verdicts.Verdict(False, *explained)
        if mistaken:
            return verdicts.failed("ex_predict_wrong", keys=", ".join(mistaken))
        if lacking:
            return verdicts.failed("ex_predict_empty", keys=", ".join(lacking))
        return verdicts.Verdict(True)

    def observed(self, shop):
        """zh: 编译并运行 program.cpp，返回它印出的值。
        en: Compiles and runs program.cpp, returns the values that it prints."""
        source = self.exercise.path("program.cpp")
        folder = os.path.join(shop.folder, self.exercise.id)
        target, program = shop.object(source, "real"), os.path.join(folder, "program")
        os.makedirs(folder, exist_ok=True)
        runtime = shop.plan["real"]["runtime"]
        if workshop.older(program, target, *runtime):
            shop.join([target, *runtime], "real", program)
        code, out, err = job.output([program], PATIENCE)
        if code != 0:
            raise workshop.Broken(f"{source}: exit code {code}\n{err}")
        found = re.findall(r"^(\w+) = (.*)$", out, re.M)
        return {key: normal(value) for key, value in found}

    def seal(self, shop):
        """zh: 把程序印出的值加盐散列，写进 sealed.json。
        en: Writes the salted hashes of what the program prints into sealed.json."""
        shop.prepare(self.exercise)
        values, salt = self.observed(shop), secrets.token_hex(16)
        keys = {key: digest(salt, key, value) for key, value in values.items()}
        with open(self.exercise.path("sealed.json"), "w", encoding="utf-8") as file:
            json.dump({"salt": salt, "keys": keys}, file, indent=1)
            file.write("\n")

    def show(self, shop, _):
        print(text("ex_predict_shown"))
        for key, value in self.observed(shop).items():
            print(f"  {key} = {value}")

    def solution(self):
        with lock.holding():
            shop = workshop.ready()
            shop.prepare(self.exercise)
            found = self.observed(shop)
        print("\n".join(f"{key} = {value}" for key, value in found.items()))

    # --- zh: 自检 en: the exercises' own check

    def starter_earns(self):
        return say.both("ex_predict_empty", keys=", ".join(self.sealed()["keys"]))[1]

    def lacks(self):
        return ()
