# zh: 运行时里每一处 acquire、release、acq_rel、seq_cst，它的函数（或类）里的注释都说出它与谁配对，或者为什么没有
#     对手；说出名字的，真有这个函数。
# en: For each acquire, release, acq_rel and seq_cst of the runtime, a comment of its function (or class) names its
#     partner, or says why there is none; and a function that is named exists.
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ORDER = re.compile(r"\border::(acquire|release|acq_rel|seq_cst)\b")
NAMED = re.compile(r"pairs with|no partner", re.I)
END = re.compile(r"^}")  # zh: 上一个函数到此为止 en: here the function before ends
SENTENCE = re.compile(r"pairs with[^.,:;]*", re.I)
# zh: 句子里的名字：“in 名字”“名字's” en: names in a sentence
NAME = re.compile(r"\bin (\w+)\b(?!')|\b(\w+)'s\b")
# zh: 在名字那里，却不是名字的 en: words that stand where names do
WORDS = {"the", "that", "destructor", "constructor"}


def sources():
    for top in ("runtime", "chapters"):
        for folder, _, names in sorted(os.walk(os.path.join(ROOT, top))):
            yield from (os.path.join(folder, name) for name in sorted(names) if name.endswith(("hpp", "cpp")))


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def unnamed(text):
    """zh: 没有说明的那些行。 en: The lines that say nothing."""
    named = False
    for number, line in enumerate(text.split("\n"), 1):
        named = not END.match(line) and (named or bool(NAMED.search(line)))
        if ORDER.search(line.split("//")[0]) and not named:
            yield number, line.strip()


def unknown(text, functions):
    """zh: 注释里当作对手的名字，却没有这样的函数。 en: Names given as partners of which there is no function."""
    comments = re.sub(r"\n\s*//[/!]? +(?!zh:|en:)", " ", text)
    for sentence in SENTENCE.findall(comments):
        for pair in NAME.findall(sentence):
            name = pair[0] or pair[1]
            if name not in functions | WORDS:
                yield f"{name}: {' '.join(sentence.split())}"


def main():
    texts = {os.path.relpath(path, ROOT): read(path) for path in sources()}
    functions = {name for text in texts.values() for name in re.findall(r"\b(\w+)\(", re.sub(r"//.*", "", text))}
    wrong = []
    for where, text in texts.items():
        if where.startswith("runtime") and os.path.basename(where) != "atomic.hpp":
            wrong += [f"{where}:{n}: no partner is named / 没有说与谁配对: {line}" for n, line in unnamed(text)]
            wrong += [f"{where}: no such function / 没有这个函数: {said}" for said in unknown(text, functions)]
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
