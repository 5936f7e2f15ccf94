// zh: 旋钮：GOMAXPROCS、GODEBUG、线程上限，以及问它们的公开函数。读不懂的值一律忽略，同 Go。
// en: The knobs: GOMAXPROCS, GODEBUG, the limit on threads, and the public functions that ask for
//     them. Values that do not parse are ignored, as in Go.
#include "settings.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "ch1_entry/entry.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "ch4_machine/machine.hpp"
#include "fatal.hpp"
#include "gmp.hpp"
#include "newproc/go.hpp"
#include "os/cpu.hpp"
#include "os/die.hpp"

namespace newproc::rt {
namespace {

os::atomic<int> procs_setting{0};  // zh: 0：没有设过 en: 0: not set
os::atomic<int> threads_setting{max_threads_default};
os::atomic<bool> cap_told{false};

/// zh: 大于零的整数，否则 0；@p text 要从头到尾都是它。
/// en: An integer above zero, else 0; it must be all of @p text.
int positive(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() && value > 0 ? value : 0;
}

/// zh: 至多 max_procs；进程里第一次超过时，在标准错误上说一声。
/// en: At most max_procs; the first time in a process that it is exceeded, standard error says so.
int capped(int procs) {
  if (procs <= max_procs) return procs;
  if (!cap_told.exchange(true, order::relaxed))
    os::write_error("newproc: GOMAXPROCS 上限是 1024\nnewproc: GOMAXPROCS is capped at 1024\n");
  return max_procs;
}

/// zh: 环境变量 @p name；没有设则为空。 en: The environment variable @p name; empty if not set.
std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view{} : std::string_view{value};
}

}  // namespace

int default_procs() {
  if (const int set = procs_setting.load(order::relaxed)) return set;
  if (const int asked = positive(environment("GOMAXPROCS"))) return capped(asked);
  return capped(procs_within(os::affinity_cpus(), os::cgroup_quota()));
}

int procs_within(int cpus, double quota) {
  if (quota <= 0 || quota >= cpus) return cpus;
  return std::min(cpus, std::max(2, static_cast<int>(std::ceil(quota))));
}

int godebug(std::string_view key) {
  std::string_view rest = environment("GODEBUG");
  int value = 0;
  while (!rest.empty()) {
    const std::string_view entry = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(rest.size(), entry.size() + 1));
    if (entry.size() > key.size() && entry.starts_with(key) && entry[key.size()] == '=')
      value = positive(entry.substr(key.size() + 1));
  }
  return value;
}

traceback traceback_setting() {
  const std::string_view value = environment("GOTRACEBACK");
  if (value == "none" || value == "0") return traceback::none;
  if (value == "all" || value == "system" || value == "1" || value == "2") return traceback::all;
  if (value == "crash") return traceback::crash;
  return traceback::single;
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
