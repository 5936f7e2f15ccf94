# zh: 习题的话；say.py 把它们并进自己的表里。
# en: What exercises say; say.py puts it into its own table.
MESSAGES = {
    # zh: 结论。 en: Verdicts.
    "ex_passed": ("通过。{id} 的 {points} 分是你的了。", "Passed. The {points} points of {id} are yours."),
    "ex_not_yet": ("还没有通过：", "Not yet:"),
    "ex_in_case": ("（用例：{case}）", "(test case: {case})"),
    "ex_compile_failed": ("编译不过，你自己的行在前：", "It does not compile; your own lines first:"),
    "ex_compile_hangs": (
        "编译过了 {seconds} 秒还没有结束。",
        "The compilation did not end within {seconds} s.",
    ),
    "ex_compile_memory": (
        "编译它要用 {limit} GB 以上的内存，停了：模板或 constexpr 没完没了。",
        "To compile it takes more than {limit} GB of memory; stopped. A template or constexpr that does"
        " not end.",
    ),
    "ex_link_failed": ("链接不上：", "It does not link:"),
    "ex_not_defined": (
        "你的文件没有定义 {function}：名字、参数、名字空间都要与头文件里的相同。",
        "Your file does not define {function}: name, parameters and namespace must be those of the"
        " header.",
    ),
    "ex_includes_source": (
        "你的文件包含了 {path}，那是参考答案：请自己写。",
        "Your file includes {path}, which is the reference answer: write your own.",
    ),
    "ex_reads_odd": (
        "编译你的文件时读了 {path}，答案用不着，这不算数。",
        "{path} is read while it is compiled, which no answer needs; that does not count.",
    ),
    "ex_uses_tests": (
        "你的文件用了测试自己的名字（{name}），这不算数。",
        "Your file uses the tests' own names ({name}); that does not count.",
    ),
    "ex_odd_section": (
        "你的文件里有答案用不着的东西（{section}），这不算数。",
        "Your file has something in it that no answer needs ({section}); that does not count.",
    ),
    "ex_stopped_wall": (
        "过了 {seconds} 秒还没有结束：死循环，或在等一件不会来的事。",
        "It had not ended after {seconds} s: an endless loop, or it waits for what never comes.",
    ),
    "ex_stopped_cpu": (
        "CPU 时间用完了还没有结束：多半是死循环。",
        "Its CPU time was up before it ended: an endless loop, most likely.",
    ),
    "ex_stopped_processes": ("它造了太多进程或线程。", "It made too many processes or threads."),
    "ex_stopped_memory": ("它用了太多内存。", "It used too much memory."),
    "ex_stopped_output": ("它输出得太多。", "It wrote too much output."),
    "ex_crashed": ("程序崩溃了（{signal}）。", "The program crashed ({signal})."),
    "ex_left_early": (
        "测试还没有跑完，程序就以 {code} 退出了。",
        "The program exited with {code} before the tests had run to their end.",
    ),
    "ex_cases_differ": (
        "跑过的用例（{ran} 个）与题目的（{expected} 个）不同，这不算数。",
        "The test cases that ran ({ran}) are not those of the exercise ({expected}); that does not"
        " count.",
    ),
    "ex_forged": (
        "有别人往结论的通道里写了东西，这不算数。",
        "Somebody else wrote on the channel of the verdict; that does not count.",
    ),
    "ex_touched_tests": (
        "测试的文件在运行中被改过，这不算数。",
        "The test's files were changed during the run; that does not count.",
    ),
    "ex_predict_empty": (
        "还没有写：{keys}。在你的文件里，等号后面写下你的预测。",
        "Not filled in yet: {keys}. Write your predictions behind the equals signs in your file.",
    ),
    "ex_predict_wrong": ("这几行不对：{keys}。", "Not right: {keys}."),
    "ex_predict_shown": ("果然如此，程序刚才印出：", "So it is; the program has just printed:"),
    "ex_warnings": ("编译器还有话说：", "The compiler has something to say:"),
    "ex_output": ("程序自己的输出（末尾几行）：", "The program's own output (its last lines):"),
    "ex_drive": (
        "你的 {names} 刚才带动了真的运行时：跑了 {goroutines} 个 goroutine，{threads} 个线程，窃取 {steals}"
        " 次，叫醒 {wakes} 次，用时 {mine}；运行时自己的用时 {theirs}。",
        "The real runtime has just been driven by your {names}. Goroutines run: {goroutines}, threads:"
        " {threads}, steals: {steals}, wakes: {wakes}, in {mine}; by its own it takes {theirs}.",
    ),
    "ex_drive_failed": (
        "测试都通过了，可是带不动真的运行时：它没有跑完。请看看内存序和边界。",
        "The tests have passed, and yet it can't drive the real runtime, which did not get to its"
        " end. Look at memory orders and bounds.",
    ),
    # zh: 列表。 en: The list.
    "ex_title": ("题目", "title"),
    "ex_stars": ("难度", "stars"),
    "ex_points": ("分", "points"),
    "ex_minutes": ("分钟", "minutes"),
    "ex_state": ("状态", "state"),
    "ex_kind": ("做什么", "kind"),
    "ex_kind_write": ("写", "write"),
    "ex_kind_find": ("找错", "find"),
    "ex_kind_predict": ("预测", "predict"),
    "ex_kind_extend": ("扩展", "extend"),
    "ex_solved": ("已解", "solved"),
    "ex_tried": ("试过 {n} 次", "tried {n}x"),
    "ex_new": ("未做", "new"),
    "ex_hints_seen": ("，看过 {n} 个提示", ", {n} hints"),
    "ex_total": (
        "解了 {solved} 题（共 {all} 题），{points} 分（共 {of} 分）。",
        "Solved {solved} of {all}, {points} of {of} points.",
    ),
    "ex_next": ("下一题：./learn ex {id}", "Next: ./learn ex {id}"),
    "ex_all_done": ("全部解完。", "All are solved."),
    "answer_put": (
        "起点放在 {file} 了：那是你的文件，git 不管它。",
        "The starter is in {file} now: that file is yours, git ignores it.",
    ),
    "answer_start_new": (
        "这道题的起点更新了。你还没有动过 {file}，已换成新的。",
        "This exercise has a new starter. You had not changed {file} yet, so it is there now.",
    ),
    "answer_start_changed": (
        "这道题的起点更新了。{file} 里你写的都还在；想从新的起点开始，就运行 ./learn reset {id}，它会先备份。",
        "This exercise has a new starter. What you wrote in {file} stays. To begin from the new one, run"
        " ./learn reset {id}; it keeps a backup.",
    ),
    "answer_start_edited": (
        "请留意：{start} 与 git 里的不同。那是起点，不是答案；若不是有意改的，就用 git restore {start} 恢复它。",
        "Mind: {start} is not as git has it. It is the starter, not your answer; unless you meant to"
        " change it, git restore {start} puts it back.",
    ),
    "answer_moved": (
        "答案现在住在 answers/ 里。{old} 里你写的已搬到 {file}，一字未动；起点放回了原处，所以 git pull 不再受阻。",
        "Answers now live in answers/. What you wrote in {old} is in {file}, as it was; the starter is back"
        " in its place, so that git pull works.",
    ),
    "ex_edit": (
        "改这个文件：{file}，再运行 ./learn ex {id}（或 ./learn watch）。提示：./learn hint {id}",
        "Edit this file: {file}, and run ./learn ex {id} again (or ./learn watch). Hints: ./learn hint"
        " {id}",
    ),
    "no_exercise": (
        "没有习题 {id}：./learn ex 列出全部习题。",
        "There is no exercise {id}: ./learn ex lists them all.",
    ),
    "ex_malformed": ("习题不合格式：{text}", "An exercise is not in form: {text}"),
    "ex_broken": ("习题自己坏了，不怪你：{text}", "The exercise itself is broken, not your doing: {text}"),
    # zh: 提示、重来、答案。 en: Hints, reset, solution.
    "ex_hint": ("提示 {n}/3：{hint}", "Hint {n} of 3: {hint}"),
    "ex_more_hints": ("还不够？再运行一次 ./learn hint {id}。", "Not enough? Run ./learn hint {id} again."),
    "ex_no_more_hints": ("三个提示都在上面了。", "These are all three hints."),
    "ex_reset_ask": (
        "把 {file} 恢复成起点？现在的会存到 {backup}。[y/N] ",
        "Put {file} back to its start? What is there now is kept in {backup}. [y/N] ",
    ),
    "ex_reset_done": (
        "{file} 回到了起点。原来的在 {backup}。",
        "{file} is at its start again. What was there is in {backup}.",
    ),
    "ex_reset_not": ("没有动它。", "Left as it is."),
    "ex_reset_same": ("{file} 本来就是起点，没有什么可恢复。", "{file} is at its start already."),
    "ex_solution_ask": (
        "{id} 还没有解出来。先看提示：./learn hint {id}。真要看答案，就再运行一次 ./learn solution {id}。",
        "{id} is not solved yet. Try the hints first: ./learn hint {id}. If you really want the answer,"
        " run ./learn solution {id} once more.",
    ),
    "ex_solution_sure": (
        "{id} 还没有解出来。真要看答案，就再运行一次 ./learn solution {id}。",
        "{id} is not solved yet. If you really want the answer, run ./learn solution {id} once more.",
    ),
    "ex_solution_from": ("参考答案，来自 {path}：", "The reference answer, from {path}:"),
    # zh: 守着。 en: Watching.
    "ex_watching": (
        "守着 {file}，保存就重新评判。按 Ctrl-C 结束。",
        "Watching {file}; saving it judges it again. Ctrl-C ends.",
    ),
    "ex_judging_again": ("{time} 重新评判 {id} ……", "{time} judging {id} again ..."),
    "ex_gone": (
        "{file} 不见了。./learn reset {id} 把它恢复成起点。",
        "{file} is gone. ./learn reset {id} puts it back to its start.",
    ),
    "ex_empty": (
        "{file} 是空的。./learn reset {id} 把它恢复成起点。",
        "{file} is empty. ./learn reset {id} puts it back to its start.",
    ),
    # zh: 读不成的文件。 en: Files that can't be read.
    "read_folder": (
        "{path} 是一个文件夹，这里该是一个文件：请把它移开。",
        "{path} is a folder, and a file should be there: move it away.",
    ),
    "read_special": (
        "{path} 不是普通的文件（是管道或设备）：请把它移开。",
        "{path} is not a regular file (it is a pipe or a device): move it away.",
    ),
    "read_dangling": (
        "{path} 是一个符号链接，它指的 {target} 不存在。",
        "{path} is a symbolic link, and what it points to ({target}) is not there.",
    ),
    "read_denied": (
        "没有读 {path} 的权限：请改它的权限（chmod u+r）。",
        "No permission to read {path}: change its permissions (chmod u+r).",
    ),
    "read_large": (
        "{path} 有 {size} 字节，太大了（至多 {most}）。",
        "{path} has {size} bytes, which is too large (at most {most}).",
    ),
    "read_encoding": (
        "{path} 不是 UTF-8，看上去是 {seems}：请在编辑器里用 UTF-8 编码另存，再试。",
        "{path} is not in UTF-8, it seems to be {seems}: save it as UTF-8 in your editor and try again.",
    ),
    "read_binary": (
        "{path} 不是 UTF-8 的文字，像是二进制文件（里面有 NUL 一类的字节）：它该是一份文本。",
        "{path} is not UTF-8 text but looks like a binary file (with bytes such as NUL in it): it should"
        " be a text.",
    ),
    "read_failed": ("读不了 {path}：{text}。", "{path} can't be read: {text}."),
    "read_damaged": (
        "{path} 坏了或不在了：请删掉文件夹 build，再运行一次。",
        "{path} is damaged or missing: delete the folder build and run it again.",
    ),
    # zh: 评分。 en: Grading.
    "grade_title": ("评分（{what}）", "Grading ({what})"),
    "grade_exercises": ("你的答案", "your answers"),
    "grade_starters": ("起点", "the starters"),
    "grade_references": ("参考答案", "the references"),
    "grade_attacks": ("攻击", "the attacks"),
    "grade_result": ("结果", "result"),
    "grade_total": ("总分 {points}/{of}，用了 {seconds}。", "Total {points} of {of} points, in {seconds}."),
    "grade_unwritable": ("不能写 {path}：{text}。", "{path} can't be written: {text}."),
    # zh: 习题的自检。 en: The exercises' own check.
    "step_exercises": ("习题", "exercises"),
    "excheck_bad": (
        "习题有 {n} 处不对，列在上面。",
        "Something is wrong with the exercises in {n} places, listed above.",
    ),
    "excheck_ok": (
        "{n} 道习题都对：起点 {starters} 份不及格，参考答案 {references} 份通过，错答案 {wrong} 份得到了该得的话，"
        "攻击 {attacks} 种一分未得。用了 {seconds}。",
        "All {n} exercises are right: {starters} starters fail, {references} references pass, {wrong}"
        " wrong answers earn their messages, {attacks} attacks earn nothing. In {seconds}.",
    ),
}
