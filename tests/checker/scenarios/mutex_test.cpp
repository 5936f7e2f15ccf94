// zh: 真的锁（runtime/platform/linux 的 mutex），对着模拟的 futex 和 membarrier。别的场景把锁当作一
//     步；这里证明它当得起：互斥、谁也不会睡过头、放锁之前写的上锁之后看得见。
//
// zh: membarrier 让每个线程都立一道全屏障：在模型里，替每个 M 做一次 seq_cst 屏障。链接时，下面的
//     syscall 顶替了 C 库的。
//
// en: The real lock (the mutex of runtime/platform/linux) on simulated futexes and membarrier.
//     Other scenarios take the lock for a single step; here it is shown to deserve that: it
//     excludes, nobody oversleeps, and what was written before the unlock is seen after the lock.
//
// en: membarrier raises a full barrier in every thread: in the model, a seq_cst fence for each M.
//     The syscall below takes the place of the C library's when linking.
#include "platform/linux/os/mutex.hpp"

#include <doctest/doctest.h>
#include <linux/membarrier.h>
#include <sys/syscall.h>

#include <cstdarg>
#include <cstdlib>

#include "engine/explore.hpp"
#include "os/atomic.hpp"
#include "platform/linux/os/futex.hpp"
#include "verdicts.hpp"

namespace {

// zh: 内核肯做非对称屏障吗？静态初始化时问，那时还没有场景。
// en: Does the kernel do asymmetric barriers? Asked when statics are initialised, before any
//     scenario.
bool kernel_refuses() { return std::getenv("CHECKER_NO_MEMBARRIER") != nullptr; }

}  // namespace

extern "C" long syscall(long number, ...) noexcept {
  std::va_list list;
  va_start(list, number);
  const int command = va_arg(list, int);
  va_end(list);
  if (number != SYS_membarrier) std::abort();
  if (command == MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED) return kernel_refuses() ? -1 : 0;
  newproc::checker::the_simulator.barrier_everywhere(newproc::checker::site::current());
  return 0;
}

namespace newproc::os {

void futex_wait(atomic<std::uint32_t>& word, std::uint32_t expected) {
  checker::the_simulator.futex_wait(word.raw(), expected, 0, checker::site::current());
}
void futex_wake(atomic<std::uint32_t>& word, int count) {
  checker::the_simulator.futex_wake(word.raw(), count, checker::site::current());
}

}  // namespace newproc::os

namespace newproc::checker {
namespace {

struct shelter {
  os::mutex lock;
  os::var<int> count;
};
shelter* shed = nullptr;

void enter() {
  const os::lock_guard hold(shed->lock);
  shed->count = shed->count + 1;
}

// zh: 每个 M 进去的次数。 en: How often each M enters.
scenario entering(const char* title, std::initializer_list<int> times) {
  scenario s(title);
  s.init([] { shed = new shelter; });
  int all = 0;
  for (const int n : times) {
    all += n;
    s.machine([n] {
      for (int i = 0; i < n; ++i) enter();
    });
  }
  s.at_rest([all] {
    expect(shed->count == all, "broken invariant", "有一次加一丢了 / an increment was lost");
  });
  return s;
}

TEST_CASE("the real mutex: two Ms enter once each") {
  must_be_proved(entering("mutex, 2 Ms", {1, 1}));
}

TEST_CASE("the real mutex: one M enters twice, another once") {
  must_be_proved(entering("mutex, twice and once", {2, 1}));
}

}  // namespace
}  // namespace newproc::checker
