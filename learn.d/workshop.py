# zh: 工坊：把一份答案变成能运行的测试程序。CMake 已编译好其余一切（build/.../workshop.json）；这里只
#     编译 exercise.cpp，把它的函数放到运行时那几个的位置上，再链接一次。
#
# zh: 怎样替换：在运行时对象文件的副本里，把要替换的函数改成弱符号；答案里的同名函数是强的，链接器选
#     它。答案先与自己链接一次（ld -r），再让除那几个函数以外的名字全变成局部的：它定义的 write、
#     memcmp、main 都影响不到别人。
#
# en: The workshop: makes an answer into a test program. All else has been compiled by CMake
#     (build/.../workshop.json); here just exercise.cpp is compiled, its functions are put in the place
#     of the runtime's, and it is linked.
#
# en: How that is done: in copies of the runtime's objects the functions to be replaced become weak
#     symbols; the answer's are strong, and the linker takes them. The answer is first linked with
#     itself (ld -r), and all its names but those functions are made local: a write, memcmp or main
#     that it defines has no effect on others.
import json
import os
import re
import subprocess

import build
import catalogue
import job
import reading

HARNESS = os.path.join(catalogue.FOLDER, "harness")
RUNTIME = os.path.join(job.ROOT, "runtime")
TESTS = os.path.join(job.ROOT, "tests")
FLAGS = "-std=c++20 -O1 -DNEWPROC_CHECKED"
WARNINGS = "-Wall -Wextra -Wpedantic -Wconversion -Wshadow"
# zh: 答案可以有的段。别的段能在大门之前运行代码，或改掉程序的装载方式。
# en: The sections that an answer may have. Others can run code before the gate, or change how the
#     program is loaded.
SECTIONS = re.compile(
    r"\.(rela\.?)?(text|data|bss|rodata|init_array|fini_array|tdata|tbss|eh_frame|gcc_except_table|"
    r"note|comment|symtab|strtab|shstrtab|group)\b"
)
# zh: 编译和链接不看学习者的环境变量：里面可能有 LD_PRELOAD、CPATH、GCC_EXEC_PREFIX。
# en: Compiling and linking ignore the learner's environment, which may have LD_PRELOAD, CPATH or
#     GCC_EXEC_PREFIX in it.
CLEAN = {key: os.environ[key] for key in ("PATH", "HOME", "TMPDIR", "CCACHE_DIR") if key in os.environ}
PATIENCE = 60


class Refused(Exception):
    """zh: 这份答案到不了运行那一步。 en: This answer does not get as far as being run."""

    def __init__(self, key, **values):
        super().__init__(key)
        self.key, self.values = key, values


class Broken(Exception):
    """zh: 工坊自己的毛病，或出题的错。 en: A fault of the workshop's, or of the exercise."""


def run(argv, language="C"):
    environment = CLEAN | {"LC_ALL": language}
    return subprocess.run(
        argv, capture_output=True, encoding="utf-8", errors="replace", timeout=PATIENCE,
        env=environment, start_new_session=True, cwd=job.ROOT,
    )


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


def dependencies(path):
    try:
        text = catalogue.read(path).partition(":")[2].replace("\\\n", " ")
    except OSError:
        return ["/nowhere"]
    return [word for word in re.split(r"(?<!\\)\s+", text) if word]


def survey_of(cache):
    """zh: 存着的；写坏了就重新查。 en: What was kept; if it is damaged, it is looked up anew."""
    try:
        return reading.saved(cache)
    except reading.Unreadable:
        return {}


class Workshop:
    def __init__(self, preset="default"):
        self.folder = os.path.join(build.folder(preset), "exercises")
        self.plan = reading.saved(os.path.join(self.folder, "workshop.json"))
        for platform in ("real", "checked"):
            # zh: CMake 把预编译的头文件也算作对象 en: CMake counts precompiled headers as objects too
            objects = self.plan[platform]["runtime"]
            self.plan[platform]["runtime"] = [o for o in objects if o.endswith(".o")]
        self.symbols = {}

    def compiler(self, platform):
        includes = [f"-I{path}" for path in self.plan[platform]["includes"]]
        return [self.plan["compiler"], *FLAGS.split(), *self.plan["flags"], *WARNINGS.split(), *includes]

    def make(self, target, argv, source, *more):
        """zh: 编译一个由我们写的文件，除非什么也没变。
        en: Compiles one of our own files, unless nothing has changed."""
        if older(target, source, *more, *dependencies(target + ".d")):
            os.makedirs(os.path.dirname(target), exist_ok=True)
            must([*argv, "-MMD", "-MF", target + ".d", source, "-o", target])

    def given(self, platform):
        """zh: 预编译的头文件，答案和测试都用它。
        en: The precompiled header that answers and tests use."""
        header = os.path.join(self.folder, platform, "given.hpp")
        if not os.path.exists(header):
            os.makedirs(os.path.dirname(header), exist_ok=True)
            with open(header, "w", encoding="utf-8") as file:
                file.write(f'#include "{HARNESS}/given.hpp"\n')
        argv = [*self.compiler(platform), "-x", "c++-header"]
        self.make(header + ".gch", argv, header)
        return header

    def compile(self, target, source, platform, *folders):
        """zh: 编译一份我们写的、用到预编译头文件的源码。.d 里没有那个头文件，所以另外看它变了没有。
        en: Compiles a source of ours that uses the precompiled header. The .d does not name that
        header, so whether it has changed is looked at besides."""
        given = self.given(platform)
        argv = [*self.compiler(platform), "-include", given, "-Werror", "-c"]
        argv += [f"-I{path}" for path in folders]
        self.make(target, argv, source, given + ".gch")

    def tests(self, exercise, platform):
        source = exercise.path("test.cpp" if platform == "real" else "check.cpp")
        target = os.path.join(self.folder, exercise.id, platform + "_test.o")
        self.compile(target, source, platform, HARNESS, TESTS, exercise.folder)
        return target

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

    def prepare(self, exercise):
        """zh: 学习者不写的一切。 en: All that the learner does not write."""
        for platform in exercise.platforms:
            self.tests(exercise, platform)
            self.runtime(exercise, platform)

    def answer(self, exercise, source, platform, folder, strict=False):
        """zh: 编译一份答案，返回（对象文件，编译器的警告）。
        en: Compiles an answer; returns (object file, the compiler's warnings)."""
        os.makedirs(folder, exist_ok=True)
        raw, deps = os.path.join(folder, f"{platform}.o"), os.path.join(folder, f"{platform}.d")
        argv = [*self.compiler(platform), "-include", self.given(platform), f"-I{exercise.folder}"]
        argv += ["-Werror"] if strict else []
        try:
            done = run(
                [*argv, "-c", "-MMD", "-MF", deps, source, "-o", raw],
                os.environ.get("LC_ALL") or os.environ.get("LANG") or "C.UTF-8",
            )
        except subprocess.TimeoutExpired:
            raise Refused("ex_compile_hangs", seconds=PATIENCE) from None
        if done.returncode != 0:
            raise Refused("ex_compile_failed", said=done.stderr, source=source)
        self.inspect(exercise, raw, deps, platform)
        local = os.path.join(folder, f"{platform}_checker_rt_answer.o")
        keep = [f"--keep-global-symbol={name}" for name, _ in self.wanted(exercise, platform)]
        must([self.plan["linker"], "-r", "--force-group-allocation", raw, "-o", local])
        if keep:
            must([self.plan["objcopy"], *keep, local])
        return local, done.stderr

    def inspect(self, exercise, raw, deps, platform):
        """zh: 不运行就看得出的作弊，和签名。
        en: Tricks that can be seen without running it, and the signatures."""
        for path in dependencies(deps):
            path = os.path.realpath(os.path.join(job.ROOT, path))
            if path.startswith((RUNTIME, TESTS)) and path.endswith(".cpp"):
                raise Refused("ex_includes_source", path=os.path.relpath(path, job.ROOT))
        said = must(["readelf", "-SsW", raw])
        for section in re.findall(r"^\s*\[\s*\d+\] (\.\S+)", said, re.M):
            if not SECTIONS.match(section):
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
                function = must(["c++filt", name]).strip()
                raise Refused("ex_not_defined", function=function)

    def link(self, exercise, platform, answer, program):
        """zh: answer 为空：运行时自己的函数。 en: answer None: the runtime's own functions."""
        plan = self.plan
        objects = [*plan["judge"], *([answer] if answer else []), self.tests(exercise, platform)]
        objects += self.runtime(exercise, platform) + plan[platform]["harness"]
        self.join(objects, platform, program)

    def link_drive(self, exercise, answer, program):
        objects = [*self.plan["drive"], *([answer] if answer else [])]
        self.join(objects + self.runtime(exercise, "real"), "real", program)

    def join(self, objects, platform, program):
        argv = [self.plan["compiler"], *objects, "-o", program, "-Wl,-S"]
        done = run([*argv, *self.plan[platform]["link"], *self.plan["options"]])
        if done.returncode != 0:
            lines = [line for line in done.stderr.splitlines() if "undefined reference" in line]
            raise Refused("ex_link_failed", said="\n".join(lines) or done.stderr)


def cases(exercise, platform):
    """zh: 测试的文字里有哪些用例：程序报来的名单必须与它相同。
    en: Which test cases the text of a test has: the list that the program reports must equal it."""
    source = catalogue.read(exercise.path("test.cpp" if platform == "real" else "check.cpp"))
    names = re.findall(r"^TEST_CASE\(\s*((?:\"(?:[^\"\\]|\\.)*\"\s*)+)\)", source, re.M)
    return sorted("".join(re.findall(r"\"((?:[^\"\\]|\\.)*)\"", name)) for name in names)
