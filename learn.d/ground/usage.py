# zh: 每个命令的用法和帮助。
# en: How each command is used, and its help.
from ground import show
from ground.say import LANG
from ground.spine import CHAPTERS

USAGE = {
    "": "./learn",
    "ch": "./learn ch " + "|".join(map(str, CHAPTERS)),
    "ex": "./learn ex [N.M | --check [N.M] | --seal N.M]",
    "watch": "./learn watch",
    "hint": "./learn hint N.M",
    "reset": "./learn reset N.M",
    "solution": "./learn solution N.M",
    "grade": "./learn grade [--of starters|references|attacks] [--json] [--junit FILE]",
    "test": "./learn test [--all | " + "|".join(f"ch{n}" for n in CHAPTERS) + "]",
    "check": "./learn check [museum | matrix | mutant NAME | scenario WORDS] [--replay SCHEDULE]"
    " [--json]",
    "bench": "./learn bench [--quick] [--json]",
    "docs": "./learn docs [--check | --twins [PAGE] | --port N]",
    "help": "./learn help [ch|ex|watch|hint|reset|solution|grade|test|check|bench|docs]",
}

BRIEF = {
    "": (
        "构建，用各个检查点跑文档的程序，看每章改变了什么、你的进度和下一步",
        "build, run the document's program through all checkpoints, show what each changed",
    ),
    "ch": (
        "看一章：它的程序，和前一章并排的计数",
        "one chapter: its program, its counters beside those of the chapter before",
    ),
    "ex": (
        "习题：列表和进度；带编号就做那一道",
        "exercises: the list and your progress; with a number, do that one",
    ),
    "watch": ("一道接一道地做，一保存就评判", "do one after another, judged with every save"),
    "hint": ("一道习题的下一个提示，共三个", "the next of an exercise's three hints"),
    "reset": ("让一道习题回到起点，先备份", "put an exercise back to its start, with a backup"),
    "solution": ("一道习题的参考答案", "an exercise's reference answer"),
    "grade": ("评一遍全部习题，列出得分", "judge all exercises anew, with a table of points"),
    "test": ("构建并测试；--all 是全部检查", "build and test; --all checks everything"),
    "check": (
        "看遍线程的各种交错，再看错的调度器是不是都被抓住",
        "explore the interleavings of threads, and see that wrong schedulers are caught",
    ),
    "bench": ("测速，有 Go 就与 Go 并排", "measure the speed, beside Go if it is there"),
    "docs": (
        "生成讲解网站，在本机打开；--check 检查它",
        "build the walkthrough site and serve it on this machine; --check checks it",
    ),
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
    "ex": (
        "不带参数：列出全部习题，难度、分数、状态。\n"
        "答案在 answers/ 里，第一次看一道题时放上起点；git 不管那里。\n"
        "带编号（如 3.5）：显示题目，编译并运行你的答案，说出结论。顺序有关系的地方由检查器评判，\n"
        "失败时把交错一步一步讲出来。\n"
        "给出题的人：--check 检查习题自己，--seal 封存预测题的答案（见 exercises/README.zh.md）。",
        "Without arguments: lists all exercises with stars, points and state.\n"
        "Answers are in answers/, where the first look at an exercise puts its starter; git ignores it.\n"
        "With a number (such as 3.5): shows the task, compiles and runs your answer, tells the\n"
        "verdict. Where order matters the checker judges, and tells a failing interleaving step by\n"
        "step. For authors: --check checks the exercises themselves, --seal seals a prediction's\n"
        "answers (see exercises/README.md).",
    ),
    "watch": (
        "从第一道没解的习题开始：显示题目，每次保存你的文件就重新评判，解了就到下一道。",
        "Begins with the first unsolved exercise: shows its task, judges it with every save of\n"
        "your file, and moves on to the next when it is solved.",
    ),
    "hint": (
        "每次多看一个提示，一个比一个说得多；看过几个会记下来，不扣分；解出之后看的不记。",
        "Shows one more hint each time, each says more. How many you saw is recorded (not those\n"
        "read after solving it); they cost no points.",
    ),
    "reset": (
        "把你的文件（在 answers/ 里）恢复成起点；先问一句，你写的存进 .learn/backups。",
        "Puts your file (in answers/) back to its start. Asks first, and keeps what you wrote in\n"
        ".learn/backups.",
    ),
    "solution": (
        "解出之后显示参考答案；没解出来就要问两次。",
        "Shows the reference answer once you have solved it; before that you must ask twice.",
    ),
    "grade": (
        "重新评判每一道，不看进度文件。--json 供程序读，--junit 另写一份 JUnit XML。\n"
        "--of 评的不是你的答案，而是起点、参考答案或攻击：应得 0 分、满分、0 分。",
        "Judges every exercise anew; the file of progress has no say. --json is for programs, --junit\n"
        "writes JUnit XML as well. --of judges not your answers but the starters, the references or the\n"
        "attacks: they must get 0 points, all points, 0 points.",
    ),
    "test": (
        "不带参数：预设 default 的构建和测试，几分钟。\n"
        "chN：只测一章（与 ctest -L chN 相同）。\n"
        "--all：代码格式、注释的中英成对，然后预设 default、asan（用 Clang，连同 UBSan）、tsan、release\n"
        "各构建并测试一遍，再查习题；有一步失败，其余照跑，退出码非零。",
        "Without arguments: build and test the preset default; a few minutes.\n"
        "chN: one chapter's tests only (the same as ctest -L chN).\n"
        "--all: the format of the code, the zh/en twins of the comments, then build and test the\n"
        "presets default, asan (with Clang, and UBSan), tsan and release, then checks the exercises; if\n"
        "a step fails the others still run, and the exit code is not zero.",
    ),
    "check": (
        "同样的运行时，对着模拟的平台编译，逐一走各种交错和 C++ 允许读到的旧值，几分钟。\n"
        "不带参数：全部场景，和变异体博物馆（tests/checker/mutants，每个是一个错的调度器）。\n"
        "museum：只看博物馆。matrix：把每一处内存序减弱一次，看哪处少不得，要几分钟。\n"
        "mutant NAME：一个变异体，和杀死它的那次执行的故事。scenario WORDS：名字里有 WORDS 的场景。\n"
        "--replay SCHEDULE：照故事末尾的那一行重演。--json：每行一个 JSON 对象。\n"
        "怎样读故事、写场景和变异体：docs/zh/checker.md。",
        "The same runtime, compiled against a simulated platform; walks interleavings, and the"
        " stale\n"
        "values that C++ allows, one after another; a few minutes. Without arguments: all"
        " scenarios and\n"
        "the museum of mutants (tests/checker/mutants, each a wrong scheduler). museum: only that."
        "\n"
        "matrix: weakens each memory order once, to see which are needed; it takes minutes.\n"
        "mutant NAME: one mutant, and the story of the execution that kills it. scenario WORDS:"
        " the\n"
        "scenarios with WORDS in their names. --replay SCHEDULE plays the line at a story's end"
        " again.\n"
        "--json: a JSON object a line. How to read a story, how to write a scenario and a mutant:\n"
        "docs/en/checker.md.",
    ),
    "bench": (
        "构建预设 release 并测速。--quick 少测几遍，--json 供程序读。没有 Go 时没有对比。",
        "Builds the preset release and measures. --quick repeats less, --json is for programs.\n"
        "Without Go there is no comparison.",
    ),
    "docs": (
        "生成中文和英文两个网站（build/docs/site），然后在 127.0.0.1 上提供，直到按 Ctrl-C；也可以直接从文件\n"
        "打开。页里的输出在生成时真的运行；没有变的不重做。有写错的地方会列出来。\n"
        "--port N：换一个端口。\n"
        "--check：不提供，只检查：锚点、死链、孪生页、对照表，再用真的浏览器看每一章；有错则退出码非零。\n"
        "--twins：两种语言都读过之后，记下它们的哈希；PAGE 是 ch3、limits 这样的页（写作者用，见 docs/README.zh.md）。",
        "Builds two sites, Chinese and English (build/docs/site), then serves them on 127.0.0.1 until\n"
        "Ctrl-C; they can also be opened as files. Output on the pages is really run while building;\n"
        "what has not changed is not made again. Mistakes are listed.\n"
        "--port N: another port.\n"
        "--check: serves nothing but checks: anchors, dead links, twin pages, the coverage table, then\n"
        "each chapter in a real browser; the exit code is not zero if there are mistakes.\n"
        "--twins: after reading both languages, records their hashes; PAGE: ch3, limits and the like (for\n"
        "writers, see docs/README.md).",
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
        # zh: 窄的屏幕上重新折行 en: wrapped anew where the screen is narrow
        long = choose(LONG[command])
        long = long if show.screen_width() >= 100 else show.wrap(show.joined(long.split("\n")), "")
        parts = (f"{USAGE[command]}\n  {choose(BRIEF[command])}", long)
        return "\n\n".join((*parts, choose(OPTIONS)))
    lines = [show.wrap(USAGE[name], "    ", "") + "\n" + show.wrap(choose(BRIEF[name]), "      ") for name in USAGE]
    return "\n".join(lines) + "\n\n" + choose(OPTIONS)
