# zh: 造变异体：在源码的副本上改一处，只重新编译改到的，再把测试程序连同它重新链接一遍。
#     构建时 CMake 为每个测试程序写下一份 programs/NAME.json：它由哪些对象文件链接而成。
# en: Making mutants: change a copy of the source, compile again only what the change touches, and
#     link the test program with that. When building, CMake writes a programs/NAME.json for each test
#     program: which object files it is linked from.
import json
import os
import re
import shlex
import shutil
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
# zh: 变异体可以改动的文件夹 en: the folders that a mutant may change
SOURCES = ("runtime", "chapters")
CACHE = shutil.which("ccache")


class Wrong(Exception):
    """zh: 变异体造不出来，或不像它说的那样。 en: A mutant can't be made, or is not as it says."""


class Crashed(Wrong):
    """zh: 程序自己崩溃了，没有留下结论。 en: The program itself crashed and left no verdict."""


class Refused(Wrong):
    """zh: 编译器或链接器不收。 en: The compiler or the linker refuses it."""


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def comment(line):
    return line.lstrip().startswith("//")


def change(text, hunk):
    """zh: 在 text 里照 hunk 改。上下文不看行号，也不看只是注释的行：改一句注释，补丁照样能用。它必须恰好
    出现一次，否则补丁就过时了。
    en: Changes text by a hunk. Neither line numbers nor lines that are only comments count as context:
    a sentence can be mended and the patch still holds. The context must occur exactly once, or the
    patch is out of date."""
    lines = text.split("\n")
    code = [i for i, line in enumerate(lines) if not comment(line)]
    old = [line[1:] for line in hunk if line[0] != "+" and not comment(line[1:])]
    found = [k for k in range(len(code) - len(old) + 1)
             if all(lines[code[k + n]] == line for n, line in enumerate(old))]
    if len(found) != 1:
        raise Wrong(f"the context occurs {len(found)} times:\n" + "\n".join(old))
    at = iter(code[found[0]:])
    removed, added, here = set(), {}, code[found[0]]
    for line in hunk:
        if line[0] == "+":
            added.setdefault(here, []).append(line[1:])
        elif not comment(line[1:]):
            here = next(at)
            if line[0] == "-":
                removed.add(here)
            here += 1
        elif line[0] == "-" and line[1:] in lines[here:]:
            removed.add(lines.index(line[1:], here))
    result = []
    for i, line in enumerate([*lines, None]):
        result += added.get(i, [])
        if line is not None and i not in removed:
            result.append(line)
    return "\n".join(result)


def apply(patch, root=ROOT):
    """zh: 补丁 -> {文件: 改过的文字}。 en: A patch -> {file: changed text}."""
    changed = {}
    for part in re.split(r"^--- a/", patch, flags=re.M)[1:]:
        path = part.split("\n", 1)[0].strip()
        text = changed.get(path) or read(os.path.join(root, path))
        for hunk in re.split(r"^@@.*\n", part, flags=re.M)[1:]:
            lines = [line for line in hunk.split("\n") if line[:1] in (" ", "-", "+")]
            try:
                text = change(text, lines)
            except Wrong as wrong:
                raise Wrong(f"{path}: {wrong}") from None
        changed[path] = text
    if not changed:
        raise Wrong("the patch changes nothing")
    return changed


class Program:
    """zh: 一个测试程序。 en: A test program."""

    def __init__(self, build, name):
        build = os.path.abspath(build)
        self.build, self.name = build, name
        with open(os.path.join(build, "programs", name + ".json"), encoding="utf-8") as file:
            self.__dict__.update(json.load(file))
        # zh: CMake 把预编译的头文件也算作对象 en: CMake counts precompiled headers as objects too
        self.objects = [os.path.normpath(path) for path in self.objects if path.endswith(".o")]
        with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
            commands = [
                (entry, os.path.join(entry["directory"], output(entry))) for entry in json.load(file)
            ]
        self.commands = {path: entry for entry, path in commands if path in self.objects}
        self.folder = os.path.join(build, "mutants")

    def touched(self, changed):
        """zh: 依赖于改过的文件的对象。 en: The objects that depend on the changed files."""
        sources = {os.path.join(ROOT, path) for path in changed}
        direct = [o for o, e in self.commands.items() if e["file"] in sources]
        headers = [path for path in sources if path.endswith(".hpp")]
        if not headers:
            return direct
        said = subprocess.run(
            ["ninja", "-C", self.build, "-t", "deps"]
            + [os.path.relpath(o, self.build) for o in self.commands],
            capture_output=True, encoding="utf-8", check=True,
        ).stdout
        for part in said.split("\n\n"):
            name, _, rest = part.partition(":")
            needs = {os.path.join(self.build, line.strip()) for line in rest.split("\n")[1:]}
            if any(os.path.realpath(need) in headers for need in needs):
                direct.append(os.path.join(self.build, name.split("\n")[-1].strip()))
        return sorted(set(direct))

    def mutant(self, name, changed):
        """zh: 造出变异体，返回可执行文件的路径；没有改动就不重做。
        en: Makes the mutant, returns the path of its executable; nothing is redone needlessly."""
        folder = os.path.join(self.folder, name)
        program = os.path.join(folder, self.name)
        copies = {os.path.join(folder, path): text for path, text in changed.items()}
        if os.path.exists(program) and os.path.getmtime(program) > os.path.getmtime(self.program):
            if all(os.path.exists(p) and read(p) == text for p, text in copies.items()):
                return program
        self.copied(name, changed)
        self.link(program, self.compiled(folder, changed))
        return program

    def copied(self, name, changed):
        """zh: 源码的副本，改动在里面；返回它的文件夹。 en: A copy of the source with the changes; returns its folder."""
        folder = os.path.join(self.folder, name)
        outside = [path for path in changed if path.split("/")[0] not in SOURCES]
        if outside:
            raise Wrong(f"{', '.join(outside)}: not in {' or '.join(SOURCES)}")
        shutil.rmtree(folder, ignore_errors=True)
        # zh: 所有源码都在副本里（没改的是链接）：头文件用引号包含的，编译器先在它身边找
        # en: all sources are in the copy (links, where unchanged): what a header includes by quotes the
        #     compiler looks for beside that header first
        for top in SOURCES:
            there = os.path.join(folder, top)
            shutil.copytree(os.path.join(ROOT, top), there, copy_function=os.symlink)
        for path, text in changed.items():
            path = os.path.join(folder, path)
            os.remove(path)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        return folder

    def compiled(self, folder, changed):
        """zh: {原来的对象: 变异体的对象} en: {the original object: the mutant's}"""
        replaced = {}
        for i, old in enumerate(self.touched(changed)):
            # zh: 名字里的 checker_rt_ 是给 seam.ld 认的 en: seam.ld knows it by checker_rt_
            kind = "checker_rt_" if "checker_rt_" in old else "scenario_"
            new = os.path.join(folder, f"{kind}{i}.o")
            self.compile(old, new, folder, changed)
            replaced[old] = new
        if not replaced:
            raise Wrong(f"{self.name} is not made of {', '.join(changed)}")
        return replaced

    def link(self, program, replaced):
        objects = [replaced.get(path, path) for path in self.objects]
        run([self.compiler, *objects, "-o", program, *self.options])

    def compile(self, old, new, folder, changed):
        entry = self.commands[old]
        words = command(entry)
        words[words.index("-o") + 1] = new
        for top in SOURCES:
            here, there = os.path.join(ROOT, top), os.path.join(folder, top)
            words = [re.sub(rf"^(-I)?{re.escape(here)}(?=/|$)", rf"\g<1>{there}", w) for w in words]
        # zh: 预编译的是原来的头文件 en: what is precompiled are the original headers
        if "-include" in words and any(path.endswith(".hpp") for path in changed):
            del words[words.index("-include") : words.index("-include") + 2]
        run([*words, "-MD", "-MF", new + ".d"], entry["directory"])
        # zh: 编译器读的若是没改的那一份，变异体就会白白地活下来
        # en: had the compiler read the unchanged file, the mutant would survive for nothing
        needs = re.split(r"(?<!\\)\s+", read(new + ".d").replace("\\\n", " "))
        missed = [p for p in changed if os.path.join(ROOT, p).replace(" ", "\\ ") in needs]
        if missed:
            raise Wrong(f"{old} was compiled with the unchanged {', '.join(missed)}")


def command(entry):
    """zh: 编译一个变异体的命令：它不必好看，所以没有警告；没有 -MD 时，GCC 12 会死在 -fpch-deps 上。
    en: The command that compiles a mutant: without warnings, since it need not look well; without -MD GCC 12
    dies of -fpch-deps."""
    compiler, *words = shlex.split(entry["command"])
    return [compiler, "-w", *(word for word in words if word != "-fpch-deps")]


def output(entry):
    words = shlex.split(entry["command"])
    return words[words.index("-o") + 1]


def run(words, folder=None):
    if CACHE and "-c" in words:
        words = [CACHE, *words]
    done = subprocess.run(words, cwd=folder, capture_output=True, encoding="utf-8", errors="replace")
    if done.returncode != 0:
        raise Refused(f"{' '.join(words)}\n{done.stderr}")


def explore(program, case, silent=False, **variables):
    """zh: 跑一个测试用例，返回其中每次探索的报告（explore.hpp 的 append）。不限时间：一步不走地转圈的，自己
    会停下（那里的 seconds_without_a_step）。silent：自己一次也不探索的用例也行。
    en: Runs a test case and returns the reports of its explorations (append in explore.hpp). Without a
    limit on time: what loops without a step stops itself (seconds_without_a_step there). silent: a case that
    explores nothing itself is fine too."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        words = {key: str(value) for key, value in variables.items() if value is not None}
        environment = os.environ | {"CHECKER_REPORT": file.name} | words
        done = subprocess.run(
            [program, only(case)], env=environment, capture_output=True, encoding="utf-8",
            errors="replace",
        )
        with open(file.name, encoding="utf-8") as reports:
            found = [json.loads(line) for line in reports]
        if done.returncode < 0 or (not found and not (silent and done.returncode == 0)):
            raise Crashed(f"{case}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
        return found, done.returncode


def only(case):
    """zh: doctest 的选项：只跑这个用例。 en: doctest's option: this case alone."""
    return "-tc=" + case.replace("\\", "\\\\").replace(",", "\\,")


def cases(program):
    """zh: 程序里的测试用例。 en: The test cases of a program."""
    said = subprocess.run([program, "-ltc"], capture_output=True, encoding="utf-8", check=True).stdout
    return [line for line in said.splitlines() if line and not line.startswith(("[doctest]", "==="))]


def until_failure(program, options, environment):
    """zh: 跑程序里的（部分）用例，到第一个失败为止；返回那份报告，都活着则 None。
    en: Runs (some of) a program's cases up to the first failure; returns its report, None if all
    live."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        done = subprocess.run(
            [program, "-aa=1", *options], env=os.environ | {"CHECKER_REPORT": file.name} | environment,
            capture_output=True, encoding="utf-8", errors="replace",
        )
        with open(file.name, encoding="utf-8") as lines:
            found = [json.loads(line) for line in lines]
    failed = [report for report in found if report["verdict"] == "FAILED"]
    # zh: 没来得及证明不算被杀死 en: what could not be proved in time is not killed
    unproved = done.returncode == 1 and "verdict::proved" in done.stdout
    if (done.returncode != 0) != bool(failed) and not unproved:
        raise Crashed(f"{program}: exit code {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-500:]}")
    return failed[0] if failed else None
