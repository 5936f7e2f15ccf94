// zh: 这个进程可用几个 CPU。
// en: How many CPUs this process may use.
#pragma once

#include <string>

namespace newproc::os {

/// zh: 亲和掩码里的 CPU 数，至少 1。 en: The CPUs in the affinity mask, at least 1.
int affinity_cpus();

/// zh: 进程开始时的 affinity_cpus()；程序的静态初始化里也问得。
/// en: affinity_cpus() when the process started; may be asked in static initialisers, too.
int cpus_at_start();

/// zh: cgroup 的 CPU 配额，以 CPU 个数计；没有配额时为 0。从自己的 cgroup 往上看得见的每一层，取最小
///     的。测试用 @p root 指一棵假的文件树。
/// en: The cgroup's CPU quota in CPUs; 0 where there is none. Of all levels that can be seen from our
///     cgroup upwards the least counts. Tests lay out a tree of files and name it by @p root.
double cgroup_quota(const std::string& root = {});

}  // namespace newproc::os
