# zh: 改错的名字，和活下来的原因（survivors.txt）：运行时的 judge.py 和习题的 ./learn ex --mutants 都用。
# en: What mistakes are called, and why some survive (survivors.txt): for the runtime's judge.py and the
#     exercises' ./learn ex --mutants.
import collections
import os

# zh: 改成了什么，看种类和那一行就知道 en: kinds of which the kind and the line say what they make of it
PLAIN = ("drop", "swap", "negate", "unlock", "never", "always", "once", "before", "first", "last")


def name(text, mutation):
    """zh: 不靠行号：函数、种类、那一行的字。 en: Without line numbers: the function, the kind, the line's words."""
    words = " ".join(text.split("\n")[mutation.line - 1].split())
    before, after = (" ".join(part.split()) for part in (text[mutation.start : mutation.end], mutation.new))
    change = "" if mutation.kind in PLAIN else f" [{before} -> {after}]"
    return f"{mutation.function} {mutation.kind}: {words}{change}"


def tell_apart(cases):
    """zh: 同名的，从第二个起加上 #2、#3。 en: From the second of a name on, #2 and #3 are added."""
    seen = collections.Counter()
    for case in cases:
        seen[case.name] += 1
        if seen[case.name] > 1:
            case.name += f" #{seen[case.name]}"


def reasons(path):
    """zh: {名字: “中文 / English”}；文件里先是几行名字，然后一行 why:。
    en: {name: "Chinese / English"}; in the file some names, a line each, and then a line why:."""
    found, names = {}, []
    if not os.path.exists(path):
        return found
    with open(path, encoding="utf-8") as file:
        for line in file.read().splitlines():
            if line.startswith("why: "):
                found |= dict.fromkeys(names, line[5:])
                names = []
            elif line and not line.startswith("#"):
                names.append(line)
    return found
