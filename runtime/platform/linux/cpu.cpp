// zh: CPU 数：亲和掩码与 cgroup 配额（v2，否则 v1）。
// en: The number of CPUs: affinity mask and cgroup quota (v2, else v1).
#include "os/cpu.hpp"

#include <sched.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>

namespace newproc::os {
namespace {

/// zh: 文件的前两个数；缺的为 0。 en: The first two numbers of a file; 0 where missing.
struct pair {
  double first = 0, second = 0;
};

/// zh: 文件打不开时两个都是 0。 en: Both are 0 if the file can't be opened.
pair read_numbers(const char* path) {
  pair numbers;
  std::ifstream file(path);
  std::string word;
  if (file >> word)
    numbers.first = std::strtod(word.c_str(), nullptr);  // zh: “max” 读作 0 en: "max" reads as 0
  if (file >> word) numbers.second = std::strtod(word.c_str(), nullptr);
  return numbers;
}

}  // namespace

int affinity_cpus() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (::sched_getaffinity(0, sizeof set, &set) != 0) return 1;
  return std::max(1, CPU_COUNT(&set));
}

double cgroup_quota() {
  if (const pair v2 = read_numbers("/sys/fs/cgroup/cpu.max"); v2.first > 0 && v2.second > 0)
    return v2.first / v2.second;
  const double quota = read_numbers("/sys/fs/cgroup/cpu/cpu.cfs_quota_us").first;
  const double period = read_numbers("/sys/fs/cgroup/cpu/cpu.cfs_period_us").first;
  return quota > 0 && period > 0 ? quota / period : 0;
}

}  // namespace newproc::os
