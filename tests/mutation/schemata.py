# zh: 许多变异体放进一个程序（mutant schemata）：函数体照样留着，前面一个 switch，每处改错的函数体各一份，由环境变量
#     NEWPROC_MUTANT 在运行时选一份。于是一个文件只编译一次，程序只链接一次。编译不过的那几份，看编译器说的是谁，拿掉再来。
#     NEWPROC_REACHED 是一个文件的名字时，进过的函数在里面各记一个字节。
# en: Many mutants in one program (mutant schemata): a function's body stays, before it stands a switch with a
#     copy of the body for each mistake, and NEWPROC_MUTANT chooses one at run time. So a file is compiled
#     once, a program linked once. Copies that do not compile are found by whom the compiler names, taken out,
#     and it is tried again. Where NEWPROC_REACHED names a file, each function that is entered notes a byte there.
import collections
import os
import re
import subprocess
import tempfile

import mutate

HEAD = """#include <fcntl.h>
#include <sys/mman.h>
#include <cstdlib>
inline const int newproc_mutant = [] {
  const char* said = std::getenv("NEWPROC_MUTANT");
  return said != nullptr ? std::atoi(said) : 0;
}();
inline unsigned char* const newproc_reached = [] {
  const char* name = std::getenv("NEWPROC_REACHED");
  const int file = name != nullptr ? ::open(name, O_RDWR) : -1;
  return file < 0 ? nullptr : static_cast<unsigned char*>(::mmap(nullptr, %(functions)d, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0));
}();
#line 1 "%(path)s"
"""
SAID = re.compile(r"\bmutant_(\d+):")


class Schemata:
    """zh: cases：每个有 path、mutation、number（从 1 起）。 en: cases: each has path, mutation, number (from 1)."""

    head = HEAD  # zh: 每个文件的开头 en: what each file begins with

    def __init__(self, texts, cases):
        self.texts, self.cases = texts, {case.number: case for case in cases}
        places = sorted({(case.path, case.mutation.body) for case in cases})
        self.functions = {place: i for i, place in enumerate(places)}

    def function(self, case):
        return self.functions[case.path, case.mutation.body]

    def changed(self, paths=None):
        """zh: {文件: 装着变异体的文字} en: {file: its text with the mutants}"""
        by_path = collections.defaultdict(lambda: collections.defaultdict(list))
        for case in self.cases.values():
            by_path[case.path][case.mutation.body].append(case)
        return {
            path: self.file(path, bodies) for path, bodies in by_path.items() if paths is None or path in paths
        }

    def file(self, path, bodies):
        text, parts, at = self.texts[path], [self.head % {"functions": len(self.functions), "path": path}], 0
        for (start, end), cases in sorted(bodies.items()):
            parts += [text[at:start], self.chooser(text, start, end, cases), self.line(path, start)]
            parts += [text[start:end], "\n}", self.line(path, end)]
            at = end
        return "".join(parts) + text[at:]

    def line(self, path, position):
        """zh: 编译器从这里起照原来的行号说话。 en: From here on the compiler tells the original's lines."""
        number = self.texts[path].count("\n", 0, position) + 1
        return f'\n#line {number} "{path}"\n'

    def chooser(self, text, start, end, cases):
        number = self.function(cases[0])
        parts = [
            "{ if (!__builtin_is_constant_evaluated()) {\n"
            f"if (newproc_reached != nullptr) newproc_reached[{number}] = 1;\nswitch (newproc_mutant) {{"
        ]
        for case in cases:
            m = case.mutation
            body = text[start : m.start] + m.new + text[m.end : end]
            leave = "__builtin_trap();" if m.returns else "return;"
            parts.append(f'\n#line 1 "mutant_{case.number}"\ncase {case.number}: {{ {body} {leave} }}')
        return "".join(parts) + "\ndefault: break; } }"

    def take_out(self, said):
        """zh: 编译器点了名的拿掉，返回它们；一个也没点名，就空。
        en: Takes out those that the compiler names and returns them; empty if it names none."""
        named = {int(n) for n in SAID.findall(said)} & self.cases.keys()
        return [self.cases.pop(number) for number in sorted(named)]


def fit(program, schemata, together):
    """zh: 编译不过的都拿掉，返回它们。 en: Takes out all that does not compile, and returns them."""
    by_source = {os.path.relpath(entry["file"], mutate.ROOT): entry for entry in program.commands.values()}

    def check(path):
        gone = []
        with tempfile.TemporaryDirectory() as folder:
            copy = os.path.join(folder, "copy.cpp")
            words = mutate.command(by_source[path])
            words = words[: words.index("-o")] + ["-fsyntax-only", "-x", "c++", copy]
            while path in (changed := schemata.changed([path])):
                with open(copy, "w", encoding="utf-8") as file:
                    file.write(changed[path])
                done = subprocess.run(words, cwd=by_source[path]["directory"], capture_output=True, encoding="utf-8")
                if done.returncode == 0:
                    break
                named = schemata.take_out(done.stderr)
                if not named:
                    raise mutate.Refused(f"{path}: no mutant is named by the compiler:\n{done.stderr[:3000]}")
                gone += named
        return gone

    paths = sorted({case.path for case in schemata.cases.values()} & by_source.keys())
    return [case for gone in together([lambda p=p: check(p) for p in paths], lambda *_: None) for case in gone]
