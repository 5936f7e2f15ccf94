# zh: 给人看的话，中文和英文，都在这一张表里。
# en: What is said to people, Chinese and English, all in this one table.
import os
import sys

from ground import say_ex

LANG = "zh" if os.environ.get("LEARN_LANG") == "zh" else "en"

MESSAGES = {
    # zh: 路上。 en: On the way.
    "configuring": ("生成构建文件（{preset}）", "Writing the build files ({preset})"),
    "building": ("编译（{preset}）", "Compiling ({preset})"),
    "testing": ("测试（{preset}）", "Testing ({preset})"),
    "built": ("编译完成（{preset}），用了 {seconds}。", "Compiled ({preset}) in {seconds}."),
    "running": ("运行检查点", "Running the checkpoints"),
    "interrupted": ("已中断。", "Interrupted."),
    # zh: 结果。 en: Results.
    "title": (
        "文档的程序在 {n} 个检查点上都跑过了。每一章改变了什么：",
        "The document's program has run on all {n} checkpoints. What each chapter changed:",
    ),
    "about_table": (
        "前五列数的是同一份活（每个检查点都一样），最后一列是文档的程序睡一秒时所花的 CPU 时间。",
        "The first five count the same piece of work on every checkpoint; the last is the CPU time"
        " while the document's program sleeps for a second.",
    ),
    "chapter": ("章", "chapter"),
    "chapter_n": ("第 {n} 章 {name}", "{n} {name}"),
    "short_n": ("第 {n} 章", "chapter {n}"),
    "threads": ("线程", "threads"),
    "runs": ("运行 G", "Gs run"),
    "wakes": ("叫醒", "wakes"),
    "useless_wakes": ("白叫", "useless"),
    "parks": ("休眠", "parks"),
    "steals": ("窃取", "steals"),
    "locks": ("拿全局锁", "locks"),
    "wall_us": ("时间", "time"),
    "cpu_us": ("CPU 时间", "CPU time"),
    "idle": ("空闲时 CPU", "idle CPU"),
    "document": ("文档的程序（睡一秒）", "The document's program (sleeps a second)"),
    "work": ("各章共用的活", "The work that all chapters share"),
    "own": ("各章自己的程序", "Each chapter's own program"),
    "beside": (
        "与前一章并排：",
        "Beside the chapter before:",
    ),
    "progress": ("进度：{all} 章看过 {n} 章{list}", "Progress: {n} of {all} chapters seen{list}"),
    "exploring": ("走各种交错", "Exploring interleavings"),
    "judging": ("审变异体", "Judging mutants"),
    "surviving": ("真的运行时走十倍的执行", "The real runtime, ten times the executions"),
    "weakening": ("逐一减弱内存序", "Weakening memory orders"),
    "scenario": ("场景", "scenario"),
    "verdict": ("结论", "verdict"),
    "verdict_PROVED": ("已证明", "proved"),
    "verdict_no_failure": ("没有失败", "no failure"),
    "verdict_FAILED": ("失败", "FAILED"),
    "surprises": ("意外", "surprises"),
    "executions": ("执行", "executions"),
    "longest": ("最长步数", "longest"),
    "mutant": ("变异体", "mutant"),
    "killed_by": ("死于", "killed by"),
    "steps": ("步数", "steps"),
    "alive": ("活着，原因见下", "alive, see below"),
    "wrong": ("不对，见下", "WRONG, see below"),
    "told": ("{scenario}：{verdict}，{numbers}", "{scenario}: {verdict}, {numbers}"),
    # zh: 证明了，就不论多少个意外 en: what is proved holds for any number of surprises
    "surprises_up_to": ("意外 {surprises} 个，", "surprises {surprises}, "),
    "surprises_any": ("意外不限，", "any number of surprises, "),
    "numbers": (
        "执行 {executions} 次，状态 {states} 个，最长 {longest} 步",
        "executions {executions}, states {states}, longest {longest} steps",
    ),
    "own_tests": (
        "检查器自己的测试（内存模型的试纸、搜索、重演）：{n} 项。场景：",
        "The checker's own tests (litmus tests of its memory model, search, replay): {n}. Scenarios:",
    ),
    "survives": ("它活着，因为：{reason}。", "It survives, because: {reason}."),
    "survived": (
        "在杀死过变异体的 {all} 个场景里，真的运行时走了最慢一次的十倍（至多 {most} 次），活过 {n} 个。",
        "In the {all} scenarios that killed mutants the real runtime walked ten times the executions of"
        " the slowest kill ({most} at most) and survived {n}.",
    ),
    "check_passed": ("都如所料，用了 {seconds}。", "All is as it should be, in {seconds}."),
    "check_failed": ("有 {n} 处不对，用了 {seconds}。", "Wrong: {n}, in {seconds}."),
    "no_mutant": (
        "没有叫 {name} 的变异体。有这些：{names}",
        "There is no mutant {name}. There are: {names}",
    ),
    "check_stopped": ("检查停下了：{text}", "The check stopped: {text}"),
    "no_scenario": (
        "没有名字里有 {name} 的场景。运行 ./learn check 看有哪些。",
        "No scenario has {name} in its name. Run ./learn check to see them.",
    ),
    "list": ("（第 {numbers} 章）", " ({numbers})"),
    "comma": ("、", ", "),
    "next_ch": (
        "下一步：./learn ch {n}（源码在 runtime/{name}）",
        "Next: ./learn ch {n} (its source is in runtime/{name})",
    ),
    "next_test": (
        "各章都看过了。下一步：./learn test 跑测试，./learn bench 看速度。",
        "You have seen all chapters. Next: ./learn test runs the tests, ./learn bench shows"
        " the speed.",
    ),
    "progress_broken": (
        "进度文件读不出来，已改名为 {path}；进度从头记起。",
        "The progress file can't be read and is now {path}; progress starts anew.",
    ),
    "summary": ("总结", "Summary"),
    "step_format": ("代码格式", "format"),
    "step_bilingual": ("中英成对", "zh/en twins"),
    "step_preset": ("构建和测试 {preset}", "build and test {preset}"),
    "passed": ("通过", "passed"),
    "failed": ("失败", "failed"),
    "format_ok": ("{n} 个文件的格式都对。", "The format of all {n} files is right."),
    "format_bad": (
        "格式不对的文件有 {n} 个：{files}。请运行 clang-format -i 再试。",
        "Files with a wrong format: {n}: {files}. Run clang-format -i on them and try again.",
    ),
    "bilingual_ok": (
        "{n} 个文件里，zh: 与 en: 都成对。",
        "In all {n} files each zh: has its en: twin.",
    ),
    "bilingual_bad": (
        "有 {n} 块注释的 zh: 与 en: 不成对，位置在上面：请补上缺的一半。",
        "Comment blocks whose zh: and en: are not twins: {n}, listed above: add the missing half.",
    ),
    "docs_transcripts": ("运行实录", "Running the transcripts"),
    "docs_sources": ("准备两种语言的源", "Readying the sources in two languages"),
    "docs_doxygen": ("Doxygen 生成网页", "Doxygen makes the pages"),
    "docs_zh": ("修整中文网站", "Finishing the Chinese site"),
    "docs_en": ("修整英文网站", "Finishing the English site"),
    "docs_checks": ("检查链接和孪生页", "Checking links and twin pages"),
    "docs_built": (
        "网站已生成（build/docs/site），{links} 个链接，用了 {seconds}。",
        "The site is built (build/docs/site), {links} links, in {seconds}.",
    ),
    "docs_serving": (
        "在 {address} 打开；按 Ctrl-C 停止。",
        "Open {address}; Ctrl-C stops.",
    ),
    "docs_port": (
        "端口 {port} 用不了：{text}。请用 --port 换一个。",
        "Port {port} can't be used: {text}. Choose another with --port.",
    ),
    "docs_faults": (
        "网站有 {n} 处要改，都列在上面。",
        "The site has {n} mistakes, all listed above.",
    ),
    "docs_advice": (
        "还没写的章里，有 {n} 条勘误和“后来”没有用上。",
        "In chapters yet to be written, {n} errata and since-thens are not used.",
    ),
    "docs_browser": ("浏览器里的测试", "The test in a browser"),
    "docs_no_browser": (
        "浏览器测试没法做：缺少 {tool}，它也没有装上。",
        "The test in a browser could not run: {tool} is missing and was not installed.",
    ),
    "docs_fetching": (
        "取来 playwright-core（npm，记在 {log}）",
        "Fetching playwright-core (npm, logged in {log})",
    ),
    "docs_npm": (
        "npm 没能取来 playwright-core：请看 {log}。",
        "npm could not fetch playwright-core: see {log}.",
    ),
    "docs_browser_failed": (
        "浏览器测试没有通过；它的话在上面，截图在 {shots}。",
        "The test in a browser failed; what it said stands above, its screenshots are in {shots}.",
    ),
    "docs_passed": (
        "网站的检查全部通过，用了 {seconds}；截图在 {shots}。",
        "All checks of the site passed, in {seconds}; screenshots are in {shots}.",
    ),
    "docs_twins": ("记下了 {n} 页的哈希：{files}", "Recorded the hashes of {n} pages: {files}"),
    "docs_tool": (
        "找不到 {tool}：请运行 ./learn docs 把它装上。",
        "{tool} is not found: run ./learn docs to install it.",
    ),
    "all_passed": ("全部通过，用了 {seconds}。", "All passed, in {seconds}."),
    "some_failed": ("有 {n} 步失败，用了 {seconds}。", "{n} of the steps failed, in {seconds}."),
    # zh: 出错，该做什么。 en: What went wrong and what to do.
    "unknown_command": (
        "没有 {word} 这个命令。运行 ./learn help 看有哪些命令。",
        "There is no command {word}. Run ./learn help to see the commands.",
    ),
    "wrong_arguments": (
        "{command} 的参数不对：{word}。用法：{usage}",
        "Wrong argument for {command}: {word}. Usage: {usage}",
    ),
    "needs_argument": (
        "{command} 还缺参数。用法：{usage}",
        "{command} lacks an argument. Usage: {usage}",
    ),
    "bad_lang": ("--lang 后面要写 zh 或 en。", "--lang takes zh or en."),
    "no_tool": (
        "找不到命令 {tool}：请运行 ./learn 把它装上，或检查 PATH。",
        "The command {tool} is not found: run ./learn to install it, or check PATH.",
    ),
    "old_cmake": (
        "CMake {version} 太旧，要 3.25 或更新：请从 cmake.org 或 pip install cmake 取得新版。",
        "CMake {version} is too old, 3.25 or newer is needed: get it from cmake.org or by pip"
        " install"
        " cmake.",
    ),
    "configure_failed": (
        "CMake 没能生成构建文件。头几行错误在上面，全部输出在 {log}。",
        "CMake could not write the build files. Its first errors stand above, all of its output in"
        " {log}.",
    ),
    "variable_changed": (
        "环境变量 {name} 变了（从前：{before}；现在：{now}），从头生成。",
        "The variable {name} has changed (before: {before}; now: {now}): starting anew.",
    ),
    "unset": ("没有设", "unset"),
    "bad_cxx": (
        "环境变量 CXX 是“{cxx}”，CMake 不能用它编译：请改成能用的 C++20 编译器，或用 unset CXX 去掉它（那时用"
        " g++）。详情在 {log}。",
        'The variable CXX is "{cxx}", and CMake can\'t compile with that: set it to a C++20 compiler that'
        " works, or remove it by unset CXX (then g++ is used). Details in {log}.",
    ),
    "no_compiler": (
        "CMake 找不到能用的 C++ 编译器：请安装 g++（12 或更新），或用环境变量 CXX 指给它。详情在"
        " {log}。",
        "CMake finds no working C++ compiler: install g++ (12 or newer), or name one in the"
        " variable"
        " CXX. Details in {log}.",
    ),
    "no_package": (
        "CMake 找不到 {package}：请安装它的开发包再试。详情在 {log}。",
        "CMake can't find {package}: install its development package and try again. Details in"
        " {log}.",
    ),
    "build_failed": (
        "编译失败。头几行错误在上面，全部输出在 {log}。",
        "The compilation failed. The first errors stand above, all of the output in {log}.",
    ),
    "unwritable": (
        "不能写 {path}：请改它的权限，或把项目复制到你能写的地方。",
        "{path} can't be written: change its permissions, or copy the project to where you may"
        " write.",
    ),
    "disk_full": (
        "磁盘满了：请腾出空间再试。",
        "The disk is full: make room and try again.",
    ),
    "moved": (
        "项目从 {old} 搬到了这里：build/{preset} 里记的都是从前的路径，丢掉它，从头编译。",
        "The project has moved here from {old}: build/{preset} has the old paths all over, so it is removed"
        " and all is compiled anew.",
    ),
    "waiting_for_lock": (
        "另一个 ./learn 正在编译或评判（{who}），等它做完。按 Ctrl-C 不等。",
        "Another ./learn is compiling or judging ({who}); waiting until it is done. Ctrl-C gives up.",
    ),
    "in_the_way": (
        "{path} 挡在那里：该是文件夹的地方是文件，或者反过来。请把它移开。",
        "{path} is in the way: a file where a folder should be, or the reverse. Move it away.",
    ),
    "file_missing": (
        "找不到 {path}：请取一份完整的项目。",
        "{path} is missing: get a complete copy of the project.",
    ),
    "too_slow": (
        "{command} 过了 {seconds} 秒还没有结束，已停掉。机器也许太忙：请再试一次。",
        "{command} had not ended after {seconds} s and was stopped. The machine may be too busy: try again.",
    ),
    "unexpected": (
        "learn 自己出了错（{kind}），不怪你。详情在 {log}：请带上它，到你取得 newproc 的地方报告（issue）。",
        "A mistake of learn's own ({kind}), not yours. Details are in {log}: please report it with that"
        " file, as an issue where you got newproc.",
    ),
    "unexpected_unlogged": (
        "learn 自己出了错（{kind}），不怪你；日志也写不下。请到你取得 newproc 的地方报告（issue）。",
        "A mistake of learn's own ({kind}), not yours, and the log can't be written. Please report it as"
        " an issue where you got newproc.",
    ),
    "os_error": ("操作系统说：{text}。", "The operating system says: {text}."),
    "no_tests": (
        "没有标签为 {label} 的测试：请换一章，或运行 ./learn test。",
        "No tests have the label {label}: choose another chapter, or run ./learn test.",
    ),
    "tests_failed": (
        "有测试失败。失败的输出在上面，全部输出在 {log}。",
        "Some tests failed. Their output stands above, all of the output in {log}.",
    ),
    "checkpoint_hangs": (
        "检查点 {n} 过了 {seconds} 秒还没有结束，已停掉它；请运行 ./learn test ch{n} 看哪里不对。",
        "Checkpoint {n} had not ended after {seconds} s and was stopped; run ./learn test ch{n} to"
        " see"
        " what is wrong.",
    ),
    "checkpoint_failed": (
        "检查点 {n} 以 {code} 退出：{text}。请运行 ./learn test ch{n} 看哪里不对。",
        "Checkpoint {n} exited with {code}: {text}. Run ./learn test ch{n} to see what is wrong.",
    ),
    "bench_failed": (
        "测速程序以 {code} 退出；它的话在上面。",
        "The benchmark exited with {code}; what it said stands above.",
    ),
    "no_bench": (
        "这里没有测速程序 tests/bench/run.py：请取一份完整的项目。",
        "The benchmark tests/bench/run.py is not here: get a complete copy of the project.",
    ),
}


MESSAGES |= say_ex.MESSAGES


class Trouble(Exception):
    """zh: 一句话说清的失败。 en: A failure told in one sentence."""

    def __init__(self, key, exit_code=1, **values):
        super().__init__(key)
        self.key, self.exit_code, self.values = key, exit_code, values


def text(key, **values):
    zh, en = MESSAGES[key]
    return (zh if LANG == "zh" else en).format(**values)


def both(key, **values):
    """zh: 两种语言的一句话。 en: A sentence in both languages."""
    zh, en = MESSAGES[key]
    return zh.format(**values), en.format(**values)


def say(key, **values):
    """zh: 路上的话，走标准错误。 en: What is said on the way goes to standard error."""
    print(text(key, **values), file=sys.stderr, flush=True)


def seconds(duration):
    if duration < 60:
        return f"{duration:.1f} 秒" if LANG == "zh" else f"{duration:.1f} s"
    minutes, rest = divmod(round(duration), 60)
    return f"{minutes} 分 {rest} 秒" if LANG == "zh" else f"{minutes} min {rest} s"
