# zh: 一次把每个文件的两种语言备好，放进 build/docs/ready。
# en: Readies both languages of every file at once, in build/docs/ready.
import os

import filter as one
import tasks
from records import LANGUAGES, ROOT, Fault, pages, path_of, write


def sources():
    for folder in ("runtime", "chapters", "tests/newproc"):
        for where, _, names in os.walk(path_of(folder)):
            for name in sorted(names):
                if name.endswith((".hpp", ".cpp")):
                    yield os.path.join(where, name)
    yield path_of("docs", "namespaces.dox")
    yield from tasks.sources()


def ready():
    """zh: 返回写错的地方。 en: Returns the mistakes."""
    faults = []
    for language in LANGUAGES:
        for path in [*sources(), *pages(language), *tasks.paths(language)]:
            there = path_of("build/docs/ready", language, os.path.relpath(path, ROOT))
            try:
                write(there, one.main(language, path))
                os.utime(there)
            except Fault as fault:
                faults.append(str(fault))
    return faults


if __name__ == "__main__":
    print("\n".join(ready()))
