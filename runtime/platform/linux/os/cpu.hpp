// zh: 这个进程可用几个 CPU。
// en: How many CPUs this process may use.
#pragma once

namespace newproc::os {

/// zh: 亲和掩码里的 CPU 数，至少 1。 en: The CPUs in the affinity mask, at least 1.
int affinity_cpus();

/// zh: cgroup 的 CPU 配额，以 CPU 个数计；没有配额时为 0。
/// en: The cgroup's CPU quota in CPUs; 0 where there is none.
double cgroup_quota();

}  // namespace newproc::os
