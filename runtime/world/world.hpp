// zh: 一个世界有多大：几个 P，至多几个线程。
// en: How large a world is: how many Ps, how many threads at most.
#pragma once

namespace newproc::rt {

/// zh: 备好 @p n 个 P，没有主人，队列空着，连同走遍它们的次序；只在还没有别的线程时。
/// en: Readies @p n Ps, without owners and with empty queues, and the order to walk them in; only
///     while there is no other thread.
/// Go: proc.go, procresize
void procresize(int n);

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

/// zh: set_max_threads 的现值。 en: The present value of set_max_threads.
int max_threads_setting();

}  // namespace newproc::rt
