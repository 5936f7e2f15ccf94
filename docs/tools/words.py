# zh: 网站自己说的话，中文和英文，都在这一张表里。
# en: What the site itself says, Chinese and English, all in this one table.
from records import spine

WORDS = {
    "title_index": ("前言", "Preface"),
    "title_book": ("全书", "The book"),
    "reference": ("参考", "Reference"),
    "namespacelist": ("命名空间", "Namespaces"),
    "classlist": ("类型", "Types"),
    "filelist": ("源码", "Source"),
    "title_gmp_map": ("一页地图：G、M、P", "G, M and P on one page"),
    "title_exercises": ("习题", "Exercises"),
    "title_limits": ("C++ 不让我们做的事", "What C++ does not let us do"),
    "title_checker": ("检查器", "The checker"),
    "title_museum": ("错调度器博物馆", "The museum of wrong schedulers"),
    "title_orders": ("每一处内存序", "Each memory order"),
    "title_glossary": ("术语表", "Glossary"),
    "title_errata": ("文档的勘误", "The document's errata"),
    "title_since": ("1.13 以来", "Since 1.13"),
    "title_coverage": ("对照表", "From the document to the code"),
    "absent": (
        "这里是一段实录，运行 <code>./learn docs</code> 时生成。",
        "A transcript stands here when the site is built by <code>./learn docs</code>.",
    ),
    "document_says": ("文档说", "The document says"),
    "erratum": ("勘误 {key}", "Erratum {key}"),
    "since": ("后来 {key}", "Since then {key}"),
    "compared": ("核对：", "Compared with"),
    "coverage_heads": ("文档里的名字|这里|章|测试|习题", "in the document|here|chapter|test|exercise"),
    "rule_runqput_1": ("runqput 的规则 1", "rule 1 of runqput"),
    "rule_runqput_2": ("runqput 的规则 2", "rule 2 of runqput"),
    "rule_runqput_3": ("runqput 的规则 3", "rule 3 of runqput"),
    "rule_spinning_1": ("休眠与唤醒的规则 1", "rule 1 of parking"),
    "rule_spinning_2": ("休眠与唤醒的规则 2", "rule 2 of parking"),
    "rule_spinning_3": ("休眠与唤醒的规则 3", "rule 3 of parking"),
    "rule_spinning_4": ("休眠与唤醒的规则 4", "rule 4 of parking"),
    "rule_spinning_5": ("休眠与唤醒的规则 5", "rule 5 of parking"),
    "rule_submit": ("交活一方的次序", "the submitter's order"),
    "rule_retire": ("退休一方的次序", "the retiring side's order"),
    "rule_global": ("全局队列不在此列", "the global queue is apart"),
    "short": ("第 {n} 章", "chapter {n}"),
    "platform": ("平台", "platform"),
    "change": ("改动", "the change"),
    "killed": ("被杀死：<b>{by}</b>", "killed: <b>{by}</b>"),
    "searched": (
        "<small>几次执行：意外少的先 {bounded} · PCT {pct} · POS {pos} · 全随机 {random}</small>",
        "<small>executions: fewest surprises first {bounded} · PCT {pct} · POS {pos} · all at random {random}</small>",
    ),
    "searches_head": (
        "搜索|{most} 次执行之内抓住（共 {n} 个）|所需执行数的中位数",
        "search|caught within {most} executions, of {n}|median of the executions needed",
    ),
    "search_bounded": ("意外少的先", "fewest surprises first"),
    "search_pct": ("PCT：每个 M 一个优先级，偶尔改变", "PCT: a priority for each M, changed now and then"),
    "search_pos": ("POS：每一步一个优先级", "POS: a priority for each step"),
    "search_random": ("全随机", "all at random"),
    "alive": ("<b>活着</b>：{why}", "<b>alive</b>: {why}"),
    "removed": ("删掉", "removed"),
    "needed": ("<b>被杀死</b>", "<b>killed</b>"),
    "weakened": ("→ {to}：{says}", "→ {to}: {says}"),
    "in_document": ("文档：", "The document: "),
    "no_exercises": ("本章的习题还没有写。", "The exercises of this chapter are yet to be written."),
    "exercise_how": (
        "运行 <code>./learn ex {number}</code>",
        "run <code>./learn ex {number}</code>",
    ),
    # zh: _ 处不折行 en: no line ends at a _
    "task_measure": (
        "{stars}_· {points}_分_· 约_{minutes}_分钟_· {kind}",
        "{stars}_· {points}_points_· about_{minutes}_minutes_· {kind}",
    ),
    "task_write": ("写", "write"),
    "task_find": ("找错", "find"),
    "task_predict": ("预测", "predict"),
    "task_extend": ("扩展", "extend"),
    "task_place": ("← 它在第 {n} 章里的位置", "← its place in chapter {n}"),
    "task_all": ("全部习题", "all exercises"),
    "task_begin": ("开始做；起点会放在 {file}", "begins it; the starter goes to {file}"),
    "task_contract": ("约定", "The contract"),
    "task_starter": ("起点", "The starter"),
    "task_program": ("程序", "The program"),
    "task_hints": ("提示", "Hints"),
    "task_hint": ("提示 {n}", "Hint {n}"),
    "task_here": ("到这里就能做习题 {exercise} 了。", "From here on you can do exercise {exercise}."),
    "task_first": ("先做 {exercise}，再看 {names}", "Try {exercise} first, then look at {names}"),
    "comma": ("、", ", "),
    "measured": (
        "在生成本站的机器上量得：{cpu}，{cores} 个核，{system}，{compiler}。每次都会有些不同。",
        "Measured on the machine that built this site: {cpu}, {cores} cores, {system},"
        " {compiler}. It differs a little each time.",
    ),
    "made": ("生成本站时运行", "run while this site was built"),
}
# zh: 章的标题在 spine.txt 里 en: the chapters' titles are in spine.txt
for chapter in spine.CHAPTERS.values():
    WORDS["title_" + chapter.key] = (chapter.heading("zh"), chapter.heading("en"))


def say(key, language, /, **values):
    zh, en = WORDS[key]
    return (zh if language == "zh" else en).format(**values)
