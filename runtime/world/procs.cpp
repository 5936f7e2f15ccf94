// zh: 几个 P，几个线程，几个 goroutine：备好它们，以及问它们的公开函数。
// en: How many Ps, threads and goroutines: readying them, and the public functions that ask.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>

#include "ch1_entry/entry.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "ch4_machine/machine.hpp"
#include "newproc/go.hpp"
#include "observe/settings.hpp"
#include "os/cpu.hpp"
#include "os/die.hpp"
#include "world/world.hpp"

namespace newproc::rt {
namespace {

os::atomic<int> procs_setting{0};  // zh: 0：没有设过 en: 0: not set
os::atomic<int> threads_setting{max_threads_default};
os::atomic<bool> cap_told{false};

/// zh: 至多 max_procs；进程里第一次超过时，在标准错误上说一声。
/// en: At most max_procs; the first time in a process that it is exceeded, standard error says so.
int capped(int procs) {
  if (procs <= max_procs) return procs;
  if (!cap_told.exchange(true, order::relaxed))
    os::write_error("newproc: GOMAXPROCS 上限是 1024\nnewproc: GOMAXPROCS is capped at 1024\n");
  return max_procs;
}

}  // namespace

void procresize(int n) {
  sched.gomaxprocs = n;
  sched.one_p = n == 1;
  sched.allp = std::make_unique<P[]>(static_cast<std::size_t>(n));
  int id = 0;
  for (P& p : all_ps()) p.id = id++;
  sched.stealOrder.reset(static_cast<std::uint32_t>(n));
}

int default_procs() {
  if (const int set = procs_setting.load(order::relaxed)) return set;
  if (const int asked = positive(environment("GOMAXPROCS"))) return capped(asked);
  return capped(procs_within(os::affinity_cpus(), os::cgroup_quota()));
}

int procs_within(int cpus, double quota) {
  if (quota <= 0 || quota >= cpus) return cpus;
  return std::min(cpus, std::max(2, static_cast<int>(std::ceil(quota))));
}

int max_threads_setting() { return threads_setting.load(order::relaxed); }

}  // namespace newproc::rt

namespace newproc {

int gomaxprocs(int n) {
  const bool running = rt::getg() != nullptr;
  const int before = running ? rt::sched.gomaxprocs : rt::default_procs();
  if (n <= 0) return before;
  if (running && n != before)
    os::write_error(
        "newproc: gomaxprocs 在下一次 run 生效；运行中改变它是第 8 章的内容\n"
        "newproc: gomaxprocs takes effect with the next run; changing it while running comes with "
        "chapter 8\n");
  rt::procs_setting.store(rt::capped(n), rt::order::relaxed);
  return before;
}

int num_cpu() { return os::cpus_at_start(); }

int num_goroutine() {
  rt::getg_user("num_goroutine");
  return rt::gcount();
}

int set_max_threads(int n) {
  const int before = rt::threads_setting.exchange(n, rt::order::relaxed);
  if (rt::getg() == nullptr)
    return before;  // zh: 没有在运行，下次生效 en: nothing runs, it takes effect next time
  const rt::sched_lock_guard hold(rt::sched.lock);
  rt::sched.maxmcount = n;
  rt::checkmcount();
  return before;
}

}  // namespace newproc
