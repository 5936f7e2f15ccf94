// zh: CPU 数：亲和掩码说的。cgroup 的配额在 cgroup.cpp。
// en: The number of CPUs, as the affinity mask tells it. The cgroup's quota is in cgroup.cpp.
#include "os/cpu.hpp"

#include <sched.h>

#include <algorithm>

namespace newproc::os {

int affinity_cpus() {
  // zh: 内核嫌小的掩码一律拒绝；这里放得下 65536 个 CPU。
  // en: A mask that is too small is refused by the kernel; this one has room for 65536 CPUs.
  cpu_set_t set[64];
  if (::sched_getaffinity(0, sizeof set, set) != 0) return 1;
  return std::max(1, CPU_COUNT_S(sizeof set, set));
}

int cpus_at_start() {
  static const int cpus = affinity_cpus();
  return cpus;
}

namespace {

/// zh: 没有人更早问，就在进程开始时问。 en: If nobody asks earlier, ask when the process starts.
[[gnu::constructor]] void ask_at_start() { cpus_at_start(); }

}  // namespace
}  // namespace newproc::os
