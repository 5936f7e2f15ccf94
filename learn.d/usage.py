# zh: 每个命令的用法和帮助。
# en: How each command is used, and its help.
from say import LANG

USAGE = {
    "": "./learn",
    "ch": "./learn ch 1|2|3|4|5",
    "test": "./learn test [--all | ch1|ch2|ch3|ch4|ch5]",
    "check": "./learn check [museum | matrix | mutant NAME | scenario WORDS] [--replay SCHEDULE]"
    " [--json]",
    "bench": "./learn bench [--quick] [--json]",
    "help": "./learn help [ch|test|check|bench]",
}

BRIEF = {
    "": (
        "构建，用五个检查点跑文档的程序，看每章改变了什么、你的进度和下一步",
        "build, run the document's program through five checkpoints, show what each changed",
    ),
    "ch": (
        "看一章：它的程序，和前一章并排的计数",
        "one chapter: its program, its counters beside those of the chapter before",
    ),
    "test": ("构建并测试；--all 是全部检查", "build and test; --all checks everything"),
    "check": (
        "看遍线程的各种交错，再看错的调度器是不是都被抓住",
        "explore the interleavings of threads, and see that wrong schedulers are caught",
    ),
    "bench": ("测速，有 Go 就与 Go 并排", "measure the speed, beside Go if it is there"),
    "help": ("帮助", "help"),
}

LONG = {
    "": (
        "第一次会装上缺的软件包（先说装什么、为什么）并编译；以后只要几秒。\n"
        "表里是线程、叫醒、白叫、窃取、拿全局锁的次数，和空闲时的 CPU 时间。\n"
        "进度记在 .learn/progress.json。",
        "The first time installs the packages that are missing (telling what and why) and"
        " compiles;\n"
        "later a few seconds do. The table shows threads, wakes, useless wakes, steals, lock\n"
        "acquisitions and the CPU time while idle. Progress is kept in .learn/progress.json.",
    ),
    "ch": (
        "构建并运行一章的检查点，显示它自己的输出，再与前一章的计数并排，并记下进度。\n"
        "检查点 N = 第 1 到 N 章的真模块，加上其后每章一个最简单的替身。",
        "Builds and runs a chapter's checkpoint, shows its own output, then its counters beside"
        " those\n"
        "of the chapter before, and marks your progress. Checkpoint N = the real modules of"
        " chapters 1\n"
        "to N, and the simplest stand-in for each later one.",
    ),
    "test": (
        "不带参数：预设 default 的构建和测试，几分钟。\n"
        "chN：只测一章（与 ctest -L chN 相同）。\n"
        "--all：代码格式、注释的中英成对，然后预设 default、asan、tsan、ubsan（用 Clang）、\n"
        "release 各构建并测试一遍；有一步失败，其余照跑，退出码非零。",
        "Without arguments: build and test the preset default; a few minutes.\n"
        "chN: one chapter's tests only (the same as ctest -L chN).\n"
        "--all: the format of the code, the zh/en twins of the comments, then build and test the\n"
        "presets default, asan, tsan, ubsan (with Clang) and release; if a step fails the others still"
        " run,\n"
        "and the exit code is not zero.",
    ),
    "check": (
        "同样的运行时，对着模拟的平台编译，逐一走各种交错和 C++ 允许读到的旧值，几分钟。\n"
        "不带参数：全部场景，和变异体博物馆（tests/checker/mutants，每个是一个错的调度器）。\n"
        "museum：只看博物馆。matrix：把每一处内存序减弱一次，看哪处少不得，十来分钟。\n"
        "mutant NAME：一个变异体，和杀死它的那次执行的故事。scenario WORDS：名字里有 WORDS 的场景。\n"
        "--replay SCHEDULE：照故事末尾的那一行重演。--json：每行一个 JSON 对象。\n"
        "怎样读故事、写场景和变异体：tests/checker/guide.zh.md。",
        "The same runtime, compiled against a simulated platform; walks interleavings, and the"
        " stale\n"
        "values that C++ allows, one after another; a few minutes. Without arguments: all"
        " scenarios and\n"
        "the museum of mutants (tests/checker/mutants, each a wrong scheduler). museum: only that."
        "\n"
        "matrix: weakens each memory order once, to see which are needed; some ten minutes.\n"
        "mutant NAME: one mutant, and the story of the execution that kills it. scenario WORDS:"
        " the\n"
        "scenarios with WORDS in their names. --replay SCHEDULE plays the line at a story's end"
        " again.\n"
        "--json: a JSON object a line. How to read a story, how to write a scenario and a mutant:\n"
        "tests/checker/guide.en.md.",
    ),
    "bench": (
        "构建预设 release 并测速。--quick 少测几遍，--json 供程序读。没有 Go 时没有对比。",
        "Builds the preset release and measures. --quick repeats less, --json is for programs.\n"
        "Without Go there is no comparison.",
    ),
    "help": ("显示全部命令，或一个命令的帮助。", "Shows all commands, or the help of one."),
}

OPTIONS = (
    "每个命令都可加 --help 和 --lang zh|en（不写就看 LC_ALL、LC_MESSAGES、LANG）。",
    "Each command takes --help and --lang zh|en (else LC_ALL, LC_MESSAGES, LANG decide).",
)


def choose(pair):
    return pair[0] if LANG == "zh" else pair[1]


def help_text(command=None):
    if command is not None:
        parts = (f"{USAGE[command]}\n  {choose(BRIEF[command])}", choose(LONG[command]))
        return "\n\n".join((*parts, choose(OPTIONS)))
    lines = [f"{USAGE[name]}\n      {choose(BRIEF[name])}" for name in USAGE]
    return "\n".join(lines) + "\n\n" + choose(OPTIONS)
