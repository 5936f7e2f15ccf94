// zh: 模拟的机器有两个 CPU。 en: The simulated machine has two CPUs.
#pragma once

namespace newproc::os {

inline int affinity_cpus() { return 2; }
inline int cpus_at_start() { return 2; }
inline double cgroup_quota() { return 0; }

}  // namespace newproc::os
