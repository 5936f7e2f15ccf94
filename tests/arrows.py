# zh: runtime/ 的文件夹之间谁包含谁：画出箭头；有一支往回走、有一章的里间被别人包含，就失败。
#     低的不包含高的。公开的头文件（newproc/）在最底下：它不包含运行时的任何东西，实现它的源文件包含它。
#     各章的源文件可以互相包含对方的门：调度器的调用本来就是一个圈。
# en: Who includes whom among the folders of runtime/: draws the arrows; fails if one runs back, or if a
#     chapter's inside is included by others. What is lower includes nothing higher. The public headers
#     (newproc/) are at the bottom: they include nothing of the runtime, and the sources that implement
#     them include them. Chapters' sources may include each other's doors: a scheduler's calls form a
#     circle.
import collections
import os
import re
import sys

ROOT = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "runtime")
FLOORS = {"newproc": 0, "platform": 1, "model": 2, "observe": 3, "chapter": 4, "sync": 5, "world": 6}
INCLUDE = re.compile(r'^#include ["<]([^">]+)[">]', re.M)


def floor(room):
    return FLOORS["chapter" if re.match(r"ch\d+_", room) else room]


def room_of(included):
    top = included.split("/")[0]
    return "platform" if top == "os" else top if os.path.isdir(os.path.join(ROOT, top)) else None


def sources():
    for folder, _, names in sorted(os.walk(ROOT)):
        for name in sorted(names):
            if name.endswith((".hpp", ".cpp")):
                yield os.path.relpath(os.path.join(folder, name), ROOT)


def judge(source, included):
    """zh: 这一支箭头错在哪里；没有错则空。 en: What is wrong with this arrow; empty if nothing."""
    here, there = source.split("/")[0], room_of(included)
    if there is None or there == here:
        return ""
    if os.path.basename(included) == "inside.hpp":
        return "the inside of another chapter / 别章的里间"
    if floor(there) > floor(here):
        return "runs back up / 往回走"
    if floor(there) == floor(here) and source.endswith(".hpp"):
        return "a chapter's header includes another chapter's / 一章的头文件包含别章的头文件"
    return ""


def main():
    arrows, wrong = collections.Counter(), []
    for source in sources():
        with open(os.path.join(ROOT, source), encoding="utf-8") as file:
            for included in INCLUDE.findall(file.read()):
                there = room_of(included)
                if there not in (None, source.split("/")[0]):
                    arrows[source.split("/")[0], there] += 1
                if said := judge(source, included):
                    wrong.append(f"runtime/{source} -> {included}: {said}")
    for here in sorted({a for a, _ in arrows}, key=lambda room: (-floor(room), room)):
        goals = [f"{there} {n}" for (a, there), n in sorted(arrows.items()) if a == here]
        print(f"{here:14} -> {', '.join(goals)}")
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
