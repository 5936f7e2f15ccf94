// zh: 人们拨得动的旋钮：环境变量，和运行之前的设定。
// en: The knobs that people can turn: environment variables, and what is set before a run.
#pragma once

#include <string_view>

namespace newproc::rt {

/// zh: P 的默认个数：gomaxprocs(n) 设过的；否则 $GOMAXPROCS；否则 procs_within(亲和 CPU 数, cgroup 配
///     额)。
/// en: The default number of Ps: what gomaxprocs(n) set; else $GOMAXPROCS; else
///     procs_within(affinity, cgroup quota).
int default_procs();

/// zh: min(@p cpus, max(2, ceil(@p quota)))，同 Go 1.25；@p quota 为 0：没有配额。至少两个，免得一个
///     忙着，别的全等它。
/// en: min(@p cpus, max(2, ceil(@p quota))), as Go 1.25 does; @p quota 0 means none. Two at least, so
///     that one which is busy does not keep all others waiting.
int procs_within(int cpus, double quota);

/// zh: $GODEBUG 里 @p key 的整数值；没有或读不懂则 0。
/// en: The integer value of @p key in $GODEBUG; 0 if absent or unreadable.
int godebug(std::string_view key);

/// zh: $GOTRACEBACK：致命错误说多少。none 只有那句话；single（默认）加上出事的 goroutine；all 加上其余
///     的；crash 说完还要 abort，好留下 core。system 在 Go 里多出运行时的帧，我们没有帧，同 all。
/// en: $GOTRACEBACK: how much a fatal error tells. none: the sentence alone; single (the default):
///     and the goroutine it happened in; all: and the others; crash: and then abort, for a core
///     file. system adds the runtime's frames in Go; we show no frames, so it is as all.
enum class traceback { none, single, all, crash };

/// zh: 每次都重新读环境；没有设或读不懂，就是 single。
/// en: Reads the environment anew each time; absent or unreadable means single.
traceback traceback_setting();

/// zh: set_max_threads 的现值。 en: The present value of set_max_threads.
int max_threads_setting();

}  // namespace newproc::rt
