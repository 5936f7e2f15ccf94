# zh: 每章的门（与章同名的头文件）和里间（文件夹里其余的），同编译出来的符号对照：门上声明的，本章都定义了，也真有
#     外人来叫；替身只定义门上有的；一章叫别章的，只经过它的门。
# en: Each chapter's door (the header that is named as the chapter) and inside (the folder's other headers),
#     compared with the symbols of what was compiled: what a door declares the chapter defines, and others
#     really call; a stand-in defines nothing but what is on the door; what chapters call of each other
#     goes through doors alone.
import collections
import glob
import json
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SYMBOL = re.compile(r"^[0-9a-f ]*([A-Z]) newproc::(?:rt::)?([\w:~]+)(?:\[[^]]*\])?\(", re.M)
# zh: 后面的章要叫的，早已放在门上；叫了就从这里划掉 en: for chapters to come, and on the door already; to be struck off once called
LATER = {"handoffp", "globrunqput"}
OBJECT = re.compile(r"/CMakeFiles/newproc_(\w+)\.dir/.*?(\w+)\.cpp\.o$")


def declared(*headers):
    """zh: 头文件里声明而没有就地定义的函数；类的成员写作 类::成员。
    en: The functions that headers declare without defining them; a class's members as class::member."""
    names = set()
    for header in headers:
        with open(header, encoding="utf-8") as file:
            text = re.sub(r"//.*|^#.*", "", file.read(), flags=re.M)
        text = re.sub(r"\b(REQUIRES|EXCLUDES|ACQUIRE|RELEASE)\([^()]*\)", "", text)
        scope, said = [], ""
        for part in re.split(r"([{};])", text):
            if part == "{":
                kind = re.search(r"\b(namespace|class|struct)\s+([\w:]+)?[^(]*$", said)
                # zh: 名字空间没有名字可加，None：函数体 en: a namespace adds no name; None: a body
                scope.append(None if not kind else "" if kind[1] == "namespace" else kind[2])
            elif part == "}":
                scope.pop()
            elif part == ";" and None not in scope and not re.search(r"=\s*(default|delete)\s*$", said):
                names |= {"::".join([*filter(None, scope), name]) for name in re.findall(r"(~?\w+)\s*\(", said)[:1]}
            said = "" if part in ("{", "}", ";") else part
    return names


def headers(*folders):
    return [p for f in folders for p in glob.glob(os.path.join(ROOT, "runtime", f, "**", "*.hpp"), recursive=True)]


def compiled(build):
    """zh: {模块或替身的名字: （定义的，要别人的）} en: {name of a module or a stand-in: (defined, needed)}"""
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
        made = [os.path.join(entry["directory"], re.search(r" -o (\S+)", entry["command"])[1]) for entry in json.load(file)]
    objects = collections.defaultdict(list)
    for path in made:
        if found := OBJECT.search(path):
            objects[found[1]].append(path)
    symbols = {}
    for part, paths in objects.items():
        said = subprocess.run(["nm", "-C", *paths], capture_output=True, encoding="utf-8", check=True).stdout
        defined, needed = set(), set()
        for letter, name in SYMBOL.findall(said):
            (needed if letter == "U" else defined if letter == "T" else set()).add(name)
        symbols[part] = defined, needed - defined
    return symbols


def judge(chapter, symbols, public):
    """zh: 一章的门有几个函数，和不对的地方。 en: How many functions a chapter's door has, and what is wrong."""
    short = chapter.partition("_")[2]
    here = headers(chapter)
    doors = [path for path in here if os.path.basename(path) == short + ".hpp"]
    door, inside = declared(*doors), declared(*(path for path in here if path not in doors))
    wrong, called = [], set()
    own = symbols.get(chapter)
    if own is None:  # zh: 还没有到，只有替身 en: yet to come, there are stand-ins only
        stood_in = set().union(*(d for name, (d, _) in symbols.items() if name.endswith("_" + short)))
        wrong += [f"{chapter}: {f} is on the door, and no stand-in defines it / 门上有，替身却没有" for f in door - stood_in]
    for name, (defined, needed) in symbols.items():
        if name == chapter:
            wrong += [f"{chapter}: {f} is on the door and not defined / 门上有，却没有定义" for f in door - defined]
            wrong += [f"{chapter}: {f} is in no header: make it static / 不在任何头文件里，应是 static"
                      for f in defined - door - inside - public]
            continue
        if name.startswith("standin_") and name.endswith("_" + short):
            wrong += [f"{name}: {f} is not on the door of {chapter} / 不在门上" for f in defined - door - public]
        elif own:
            wrong += [f"{name}: calls {f} inside {chapter} / 从外面叫里间的" for f in needed & (own[0] - door - public)]
        called |= needed
    free = {f for f in door if "::" not in f}
    wrong += [f"{chapter}: nobody outside calls {f}: it belongs inside / 外面没有人叫，该放在里间"
              for f in free - called - LATER]
    wrong += [f"{chapter}: {f} is called by now: strike it off LATER / 已经有人叫了，从 LATER 里划掉"
              for f in LATER & free & called]
    return len(door), wrong


def main(build):
    symbols, public = compiled(build), declared(*headers("newproc"))
    total, wrong = 0, []
    for folder in sorted(glob.glob(os.path.join(ROOT, "runtime", "ch*_*"))):
        count, found = judge(os.path.basename(folder), symbols, public)
        total += count
        wrong += found
        print(f"{os.path.basename(folder)}: {count}")
    print("\n".join(sorted(wrong)))
    return 1 if wrong or not total else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
