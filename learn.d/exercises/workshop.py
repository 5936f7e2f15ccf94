# zh: 工坊：把一份答案变成能运行的测试程序。CMake 已编译好其余一切（build/.../workshop.json）；这里只
#     编译那份答案，把它的函数放到运行时那几个的位置上，再链接一次。
#
# zh: 怎样替换：在运行时对象文件的副本里，把要替换的函数改成弱符号；答案里的同名函数是强的，链接器选
#     它。答案先与自己链接一次（ld -r），再让除那几个函数以外的名字全变成局部的：它定义的 write、
#     memcmp、main 都影响不到别人。
#
# en: The workshop: makes an answer into a test program. All else has been compiled by CMake
#     (build/.../workshop.json); here just the answer is compiled, its functions are put in the place
#     of the runtime's, and it is linked.
#
# en: How that is done: in copies of the runtime's objects the functions to be replaced become weak
#     symbols; the answer's are strong, and the linker takes them. The answer is first linked with
#     itself (ld -r), and all its names but those functions are made local: a write, memcmp or main
#     that it defines has no effect on others.
import json
import os
import re
import shlex
import subprocess
import tempfile

from exercises import catalogue, includes
from ground import build, job, reading
from ground.say import Trouble

# zh: 编译和链接不看学习者的环境变量：里面可能有 LD_PRELOAD、CPATH、GCC_EXEC_PREFIX。
# en: Compiling and linking ignore the learner's environment, which may have LD_PRELOAD, CPATH or
#     GCC_EXEC_PREFIX in it.
CLEAN = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
PATIENCE = 60
# zh: 编译器的上限：失控的模板要不走整台机器；learn 自己被杀，编译器也不会一直跑下去。
# en: Bounds for the compiler: templates that run away don't take the whole machine, and if learn itself
#     is killed the compiler does not go on for ever.
MEMORY_KB = 2 << 20
CPU_SECONDS = PATIENCE + 5
BOUNDED = ("sh", "-c", 'ulimit -v "$0"; ulimit -t "$1"; shift; exec "$@"', str(MEMORY_KB), str(CPU_SECONDS))


class Refused(Exception):
    """zh: 这份答案到不了运行那一步。 en: This answer does not get as far as being run."""

    def __init__(self, key, **values):
        super().__init__(key)
        self.key, self.values = key, values


class Broken(Trouble):
    """zh: 工坊自己的毛病，或出题的错。 en: A fault of the workshop's, or of the exercise."""

    def __init__(self, what):
        super().__init__("ex_broken", text=what)


def run(argv, language="C", folder=job.ROOT):
    """zh: 在界限之内运行一个工具；临时文件放在自己的文件夹里，怎样结束都一起删掉。
    en: Runs a tool within bounds; temporary files go to a folder of its own, which is removed however
    it ends."""
    with tempfile.TemporaryDirectory(prefix="newproc-") as temporary:
        environment = CLEAN | {"LC_ALL": language, "TMPDIR": temporary}
        code, out, err = job.output([*BOUNDED, *argv], PATIENCE, cwd=folder, env=environment)
    return subprocess.CompletedProcess(argv, code, out, err)


def must(argv):
    done = run(argv)
    if done.returncode != 0:
        raise Broken(f"{os.path.basename(argv[0])} ... {argv[-1]}\n{done.stderr}")
    return done.stdout


def older(target, *sources):
    """zh: target 不在，或比某个来源旧。 en: target is missing, or older than one of the sources."""
    if not os.path.exists(target):
        return True
    made = os.path.getmtime(target)
    return any(not os.path.exists(s) or os.path.getmtime(s) > made for s in sources)


def survey_of(cache):
    """zh: 存着的；写坏了就重新查。 en: What was kept; if it is damaged, it is looked up anew."""
    try:
        return reading.saved(cache)
    except reading.Unreadable:
        return {}


def ready():
    """zh: 备好工坊。 en: Gets the workshop ready."""
    build.build("default", ["exercises"])
    return Workshop()


class Workshop:
    def __init__(self, preset="default"):
        self.preset, self.folder = preset, os.path.join(build.folder(preset), "exercises")
        self.plan = reading.saved(os.path.join(self.folder, "workshop.json"))
        # zh: CMake 把预编译的头文件也算作对象 en: CMake counts precompiled headers as objects too
        for plan in (self.plan["real"], self.plan["checked"]):
            for key in ("sample", "tests", "runtime"):
                plan[key] = [os.path.normpath(o) for o in plan[key] if o.endswith(".o")]
        self.commands, self.symbols = {}, {}
        for entry in reading.saved(os.path.join(build.folder(preset), "compile_commands.json")):
            words = shlex.split(entry["command"])
            output = os.path.join(entry["directory"], words[words.index("-o") + 1])
            self.commands[os.path.normpath(output)] = (words, entry["file"])
        self.families = {}

    def place(self, exercise, label="mine"):
        """zh: 一份答案编译在哪里。 en: Where an answer is compiled."""
        return os.path.join(self.folder, exercise.id, "answers", label)

    def command(self, platform):
        """zh: 样品的编译命令，去掉了源码和输出。
        en: The command that compiles the sample, without its source and output."""
        words, _ = self.commands[self.plan[platform]["sample"][0]]
        at = words.index("-o")
        return [word for word in words[:at] + words[at + 2 : -1] if word != "-c"]

    def object(self, source, platform):
        """zh: 我们写的一份源码的对象文件，由 CMake 编译。
        en: The object of one of our own sources, which CMake compiles."""
        for path in self.plan[platform]["tests"]:
            if os.path.realpath(self.commands[path][1]) == os.path.realpath(source):
                return path
        raise Broken(f"{build.shown(source)}: CMake does not know it")

    def tests(self, exercise, platform):
        return self.object(exercise.path("test.cpp" if platform == "real" else "check.cpp"), platform)

    def sections(self, platform):
        """zh: 答案可以有的段：样品有的那些。别的段能在大门之前运行代码，或改掉程序的装载方式。
        en: The sections that an answer may have: those of the sample. Others can run code before the
        gate, or change how the program is loaded."""
        if platform not in self.families:
            said = must([self.plan["readelf"], "-SW", self.plan[platform]["sample"][0]])
            self.families[platform] = {family(name) for name in section_names(said)}
        return self.families[platform]

    def where(self, platform):
        """zh: 运行时的函数 -> [（修饰过的名字，对象文件）]。
        en: The runtime's functions -> [(mangled name, object file)]."""
        return self.survey(platform)["functions"]

    def survey(self, platform):
        """zh: 运行时定义了什么，又用了检查器的什么：答案也只许用那些。记下来的只对同样的那些对象文件算数。
        en: What the runtime defines, and what it uses of the checker: an answer may use no more. What
        was kept counts for the same objects only."""
        cache = os.path.join(self.folder, platform, "survey.json")
        objects = self.plan[platform]["runtime"]
        if platform not in self.symbols and not older(cache, *objects):
            kept = survey_of(cache)
            if kept.get("objects") == objects:
                self.symbols[platform] = kept
        if platform not in self.symbols:
            nm = [self.plan["nm"], "-A", "-g", "--defined-only"]
            plain, readable = must([*nm, *objects]), must([*nm, "-C", *objects])
            functions = {}
            for raw, nice in zip(plain.splitlines(), readable.splitlines()):
                function = re.search(r" T newproc::rt::(\w+)\(", nice)
                if function:
                    file = raw[: raw.index(".o:") + 2]
                    functions.setdefault(function[1], []).append((raw.split()[-1], file))
            used = set(re.findall(r"\S*7checker\S*", must([self.plan["nm"], "-u", *objects])))
            self.symbols[platform] = {"objects": objects, "functions": functions, "uses": sorted(used)}
            os.makedirs(os.path.dirname(cache), exist_ok=True)
            with open(cache, "w", encoding="utf-8") as file:
                json.dump(self.symbols[platform], file)
        return self.symbols[platform]

    def wanted(self, exercise, platform):
        found = []
        for name in exercise.replaces:
            if name not in self.where(platform):
                raise Broken(f"{exercise.id}: the runtime has no function {name}")
            found += self.where(platform)[name]
        return found

    def runtime(self, exercise, platform):
        """zh: 运行时的对象，要替换的函数在副本里是弱的。
        en: The runtime's objects; in copies, the functions to be replaced are weak."""
        wanted = self.wanted(exercise, platform)
        objects = list(self.plan[platform]["runtime"])
        for i, original in enumerate(objects):
            weak = [name for name, file in wanted if file == original]
            if not weak:
                continue
            # zh: seam.ld 凭路径里的 checker_rt_ 认得运行时 en: seam.ld knows it by checker_rt_
            copy = os.path.join(
                self.folder, exercise.id, f"checker_rt_{platform}", os.path.basename(original)
            )
            if older(copy, original, exercise.path("exercise.ini")):
                os.makedirs(os.path.dirname(copy), exist_ok=True)
                words = [f"--weaken-symbol={name}" for name in weak]
                must([self.plan["objcopy"], *words, original, copy])
            objects[i] = copy
        return objects

    def prepare(self, *exercises):
        """zh: 学习者不写的一切，一次备好。 en: All that the learner does not write, made in one go."""
        wanted = [self.tests(e, p) for e in exercises for p in e.platforms]
        wanted += [self.object(e.path("program.cpp"), "real") for e in exercises if e.has("program.cpp")]
        root = build.folder(self.preset)
        build.build(self.preset, ["exercises", *(os.path.relpath(path, root) for path in wanted)])
        for exercise in exercises:
            for platform in exercise.platforms:
                self.runtime(exercise, platform)

    def answer(self, exercise, source, platform, folder, strict=False):
        """zh: 编译一份答案，返回（对象文件，编译器的警告）。
        en: Compiles an answer; returns (object file, the compiler's warnings)."""
        os.makedirs(folder, exist_ok=True)
        # zh: 在它的文件夹里编译，名字里就不会有 -Wa 认作分隔的逗号
        # en: compiled in its folder, so that no name has a comma in it, which divides for -Wa
        argv = [*self.command(platform), f"-I{exercise.folder}", *([] if strict else ["-Wno-error"])]
        source = os.path.abspath(source)
        argv += includes.asked(platform) + ["-c", source, "-o", f"{platform}.o"]
        try:
            done = run(argv, os.environ.get("LC_ALL") or os.environ.get("LANG") or "C.UTF-8", folder)
        except subprocess.TimeoutExpired:
            raise Refused("ex_compile_hangs", seconds=PATIENCE) from None
        if re.search(r"out of memory", done.stderr):
            raise Refused("ex_compile_memory", limit=MEMORY_KB >> 20)
        if done.returncode != 0:
            raise Refused("ex_compile_failed", said=done.stderr, source=source)
        found = includes.forbidden(folder, platform, source)
        if found:
            raise Refused(found[0], path=found[1])
        raw = os.path.join(folder, f"{platform}.o")
        self.inspect(exercise, raw, platform)
        local = os.path.join(folder, f"{platform}_checker_rt_answer.o")
        keep = [f"--keep-global-symbol={name}" for name, _ in self.wanted(exercise, platform)]
        must([self.plan["ld"], "-r", "--force-group-allocation", raw, "-o", local])
        if keep:
            must([self.plan["objcopy"], *keep, local])
        return local, done.stderr

    def inspect(self, exercise, raw, platform):
        """zh: 不运行就看得出的作弊，和签名。
        en: Tricks that can be seen without running it, and the signatures."""
        said = must([self.plan["readelf"], "-SsW", raw])
        for section in section_names(said):
            if family(section) not in self.sections(platform):
                raise Refused("ex_odd_section", section=section)
        if " IFUNC " in said:
            raise Refused("ex_odd_section", section="IFUNC")
        names = {line.split()[-1]: line.split() for line in said.splitlines() if re.match(r"\s+\d+: ", line)}
        for name, words in names.items():
            tests = re.search(r"doctest|8exercise", name)
            if "7checker" in name and name not in self.survey(platform)["uses"]:
                tests = True
            if "UND" in words and tests:
                raise Refused("ex_uses_tests", name=name)
        for name, file in self.wanted(exercise, platform):
            words = names.get(name, ["UND"])
            if "UND" in words or "GLOBAL" not in words:
                function = must([self.plan["c++filt"], name]).strip()
                raise Refused("ex_not_defined", function=function)

    def link(self, exercise, platform, answer, program):
        """zh: answer 为空：运行时自己的函数。 en: answer None: the runtime's own functions."""
        plan = self.plan
        objects = [*plan["judge"], *([answer] if answer else []), self.tests(exercise, platform)]
        objects += self.runtime(exercise, platform) + plan[platform]["harness"]
        self.join(objects, platform, program)

    def link_drive(self, exercise, answer, program, what="drive"):
        objects = [*self.plan[what], *([answer] if answer else [])]
        self.join(objects + self.runtime(exercise, "real"), "real", program)

    def join(self, objects, platform, program):
        argv = [self.plan["compiler"], *objects, "-o", program, "-Wl,-S"]
        done = run([*argv, *self.plan[platform]["link"], *self.plan["options"]])
        if done.returncode != 0:
            lines = [line for line in done.stderr.splitlines() if "undefined reference" in line]
            raise Refused("ex_link_failed", said="\n".join(lines) or done.stderr)


def section_names(said):
    return re.findall(r"^\s*\[\s*\d+\] (\.\S+)", said, re.M)


def family(section):
    """zh: .rela.text._ZN... 归 .text：后面是函数自己的名字。
    en: .rela.text._ZN... is of the family .text; what follows is a function's own name."""
    return re.match(r"(?:\.rela?(?=\.))?(\.[^.]+)", section)[1]


def cases(exercise, platform):
    """zh: 测试的文字里有哪些用例：程序报来的名单必须与它相同。
    en: Which test cases the text of a test has: the list that the program reports must equal it."""
    source = catalogue.read(exercise.path("test.cpp" if platform == "real" else "check.cpp"))
    names = re.findall(r"^TEST_CASE\(\s*((?:\"(?:[^\"\\]|\\.)*\"\s*)+)\)", source, re.M)
    return sorted("".join(re.findall(r"\"((?:[^\"\\]|\\.)*)\"", name)) for name in names)
