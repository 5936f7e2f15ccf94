// zh: 模拟的计算机有两个 CPU。 en: The simulated computer has two CPUs.
#pragma once

namespace newproc::os {

inline int affinity_cpus() { return 2; }
inline int cpus_at_start() { return 2; }
inline double cgroup_quota() { return 0; }

}  // namespace newproc::os
