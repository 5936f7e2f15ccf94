// zh: 人们拨得动的旋钮：环境变量，和运行之前的设定。
// en: The knobs that people can turn: environment variables, and what is set before a run.
#pragma once

#include <string_view>

namespace newproc::rt {

/// zh: P 的默认个数：gomaxprocs(n) 设过的；否则 $GOMAXPROCS；否则 min(亲和 CPU 数, max(2,
///     ceil(cgroup 配额)))。
/// en: The default number of Ps: what gomaxprocs(n) set; else $GOMAXPROCS; else
///     min(affinity, max(2, ceil(cgroup quota))).
int default_procs();

/// zh: $GODEBUG 里 @p key 的整数值；没有或读不懂则 0。
/// en: The integer value of @p key in $GODEBUG; 0 if absent or unreadable.
int godebug(std::string_view key);

/// zh: set_max_threads 的现值。 en: The present value of set_max_threads.
int max_threads_setting();

}  // namespace newproc::rt
