# zh: 运行时里每一处 acquire、release、acq_rel、seq_cst，它的函数（或类）里的注释都说出它与谁配对，或者为什么没有
#     对手。
# en: For each acquire, release, acq_rel and seq_cst of the runtime, a comment of its function (or class) names its
#     partner, or says why there is none.
import os
import re
import sys

RUNTIME = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "runtime")
ORDER = re.compile(r"\border::(acquire|release|acq_rel|seq_cst)\b")
NAMED = re.compile(r"pairs with|no partner", re.I)
END = re.compile(r"^}")  # zh: 上一个函数到此为止 en: here the function before ends


def unnamed(path):
    """zh: 没有说明的那些行。 en: The lines that say nothing."""
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    named = False
    for i, line in enumerate(lines):
        named = not END.match(line) and (named or bool(NAMED.search(line)))
        if ORDER.search(line.split("//")[0]) and not named:
            yield i + 1, line.strip()


def main():
    wrong = []
    for folder, _, names in sorted(os.walk(RUNTIME)):
        for name in sorted(names):
            path = os.path.join(folder, name)
            where = os.path.relpath(path, os.path.dirname(RUNTIME))
            if name.endswith(("hpp", "cpp")) and name != "atomic.hpp":
                wrong += [f"{where}:{n}: {line}" for n, line in unnamed(path)]
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
