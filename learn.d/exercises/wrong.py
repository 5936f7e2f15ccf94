# zh: 错答案：每份一个错，连同它该得到的话。多数只写与正确答案不同的行（wrong/*.patch，形式见
#     ground/patch.py）；另一种算法整份写出（wrong/*.cpp）；预测题的是几个值（wrong/*.txt）。
# en: Wrong answers: one mistake each, and the message that it must earn. Most are the lines in which they
#     differ from the right answer (wrong/*.patch, in the form of ground/patch.py); another algorithm is
#     written out (wrong/*.cpp); those of predictions are some values (wrong/*.txt).
import functools
import os
import re

from exercises import catalogue
from ground import job, patch, show
from ground.records import joined

ENDINGS = {"predict": (".txt",)}
CODE = (".patch", ".cpp")


def split(text, mark="//"):
    """zh: （开头的注释，去掉了记号，一行一项；其余）。
    en: (the comment at its top, without its marks, a line each; the rest)."""
    lines = text.split("\n")
    end = next((i for i, line in enumerate(lines) if not line.startswith(mark)), len(lines))
    return [line[len(mark) :].strip() for line in lines[:end]], "\n".join(lines[end:])


def head(text, mark):
    """zh: 开头的注释里的 zh、en、earns；不合格式就是空。
    en: zh, en and earns of the comment at its top; None if it is not in form."""
    lines, _ = split(text, mark)
    earns = [line[7:] for line in lines if line.startswith("earns: ")]
    said = functools.reduce(joined, (line for line in lines if not line.startswith("earns: ")), "")
    found = re.fullmatch(r"zh: (.+?) en: (.+)", said)
    return {"zh": found[1], "en": found[2], "earns": " ".join(earns)} if found else None


class WrongAnswer:
    """zh: 一份错答案。text 是整份；学习者写成那样的。
    en: A wrong answer. text is the whole of it, as a learner might have written it."""

    def __init__(self, exercise, path):
        self.path = path
        self.name, self.ending = os.path.splitext(os.path.basename(path))
        self.fields, self.text = patched(exercise, path) if self.ending == ".patch" else written(path)
        self.zh, self.en = self.fields["zh"], self.fields["en"]
        # zh: 真机也可能碰巧先抓住它的，两句以 | 隔开 en: if the real machine may by chance catch it first: two, with |
        self.earns = self.fields["earns"] or self.en

    def file(self, folder):
        """zh: 有整份文字的一个文件：自己的，或写在 folder 里的。
        en: A file with the whole text: its own, or one that is written into folder."""
        if self.ending != ".patch":
            return self.path
        os.makedirs(folder, exist_ok=True)
        whole = os.path.join(folder, self.name + ".cpp")
        with open(whole, "w", encoding="utf-8") as file:
            file.write(self.text)
        return whole


def written(path):
    """zh: 整份写出的。 en: One that is written out."""
    text, code = catalogue.read(path), path.endswith(".cpp")
    fields = head(text, "//" if code else "#")
    if not fields or (code and not fields["earns"]):
        needs = "zh:, en: and earns:" if code else "zh: and en:"
        raise catalogue.Malformed(f"{os.path.relpath(path, job.ROOT)}: needs a comment with {needs} at its top")
    return fields, text


def patched(exercise, path):
    """zh: 由补丁而来的：正确答案的开头换成错在哪里的说明。
    en: One from a patch: what is wrong stands where the right answer's own heading was."""
    right = os.path.relpath(exercise.right, job.ROOT)
    try:
        kept = patch.Patch(path, ("zh", "en", "earns"))
        changed = kept.changed()
    except patch.Wrong as wrong:
        raise catalogue.Malformed(str(wrong)) from None
    if list(changed) != [right]:
        raise catalogue.Malformed(f"{kept.path}: must change {right} and nothing else")
    said = [show.wrap(f"{key}: {kept.fields[key]}", "//     ", "// ") for key in ("zh", "en", "earns")]
    return kept.fields, "\n".join(said) + "\n" + split(changed[right])[1]


def paths(exercise):
    folder = exercise.path("wrong")
    names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    return [os.path.join(folder, n) for n in names if n.endswith(ENDINGS.get(exercise.kind, CODE))]


def of(exercise):
    """zh: 一道题的全部错答案。 en: All wrong answers of an exercise."""
    return [WrongAnswer(exercise, path) for path in paths(exercise)]
