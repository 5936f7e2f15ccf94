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

from exercises import catalogue, workshop
from ground import job

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
    text = f"{key}={normal(value)}".encode()
    return hashlib.pbkdf2_hmac("sha256", text, bytes.fromhex(salt), ROUNDS).hex()


def sealed(exercise):
    try:
        return json.loads(catalogue.read(exercise.path("sealed.json")))
    except (OSError, ValueError):
        raise workshop.Broken(f"{exercise.id}: sealed.json is missing: ./learn ex --seal") from None


def compare(exercise, given):
    """zh: 返回（错的键，没写的键）。 en: Returns (wrong keys, keys not filled in)."""
    seal = sealed(exercise)
    lacking = [key for key in seal["keys"] if not given.get(key)]
    wrong = [
        key for key, hashed in seal["keys"].items()
        if given.get(key) and digest(seal["salt"], key, given[key]) != hashed
    ]
    return wrong, lacking


def comment(path):
    """zh: 错答案开头的话，两种语言。 en: What a wrong answer says at its top, in both languages."""
    lines = [l.lstrip("# ") for l in catalogue.read(path).splitlines() if l.startswith("#")]
    text = " ".join(line for line in lines if not line.startswith("earns:"))
    found = re.fullmatch(r"zh: (.+?) en: (.+)", text)
    if not found:
        raise workshop.Broken(f"{path}: needs a comment with zh: and en:")
    return found[1], found[2]


def explain(exercise, given, wrong):
    """zh: 与一份已知的错答案相同，就说出它错在哪里。
    en: Where it equals a wrong answer that is known, tells what is wrong about it."""
    for path in exercise.wrong:
        known = parse(path)
        if any(known.get(key) == given[key] for key in wrong):
            return comment(path)
    return None


def observed(shop, exercise):
    """zh: 编译并运行 program.cpp，返回它印出的值。
    en: Compiles and runs program.cpp, returns the values that it prints."""
    source = exercise.path("program.cpp")
    folder = os.path.join(shop.folder, exercise.id)
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


def seal(shop, exercise):
    shop.prepare(exercise)
    values, salt = observed(shop, exercise), secrets.token_hex(16)
    keys = {key: digest(salt, key, value) for key, value in values.items()}
    with open(exercise.path("sealed.json"), "w", encoding="utf-8") as file:
        json.dump({"salt": salt, "keys": keys}, file, indent=1)
        file.write("\n")
