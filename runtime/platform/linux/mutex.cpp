// zh: 锁的慢路：先短短地自旋，再登记为等待者，补上屏障，睡下。
// en: The lock's slow path: spin briefly, then register as a waiter, supply the barrier, sleep.
#include "os/mutex.hpp"

#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "os/futex.hpp"

namespace newproc::os {
namespace {

constexpr int spin_rounds = 4;   // Go: lock_futex.go, active_spin
constexpr int spin_pauses = 30;  // Go: lock_futex.go, active_spin_cnt

/// zh: 系统调用；0：办到了。 en: The system call; 0: done.
long membarrier(int command) { return ::syscall(SYS_membarrier, command, 0u, 0); }

}  // namespace

tally<bool> asymmetric_barriers{false};

namespace {

/// zh: 内核肯替我们做非对称屏障吗？第一次调用时问；谁在什么时候问，答案都一样。
/// en: Does the kernel do asymmetric barriers for us? Asks at the first call; whoever asks, and
///     whenever, gets the same answer.
bool barriers_registered() {
  static const bool registered = membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED) == 0;
  return registered;
}

/// zh: 进程开始时就告诉解锁的人。 en: Tells those who unlock, when the process starts.
[[gnu::constructor]] void tell_unlockers() {
  asymmetric_barriers.store(barriers_registered(), order::relaxed);
}

}  // namespace

void mutex::lock_slow() {
  const auto try_lock = [this] {
    // zh: 与 unlock 的 release 配对 en: pairs with the release in unlock
    std::uint32_t expected = 0;
    return locked_.load(order::relaxed) == 0 &&
           locked_.compare_exchange_strong(expected, 1, order::acquire, order::relaxed);
  };
  for (int round = 0; round < spin_rounds; ++round) {
    if (try_lock()) return;
    for (int i = 0; i < spin_pauses; ++i) spin_pause();
  }
  waiters_.fetch_add(1, order::relaxed);
  // zh: 从这里起，任何线程的解锁要么看见我们在等，要么它写下的 0 我们看得见。
  //     与 unlock 里的屏障配对（有 membarrier 时那里不必立）。
  // en: From here on every thread's unlock either sees that we wait, or we see the 0 that it wrote.
  //     Pairs with the fence in unlock, which membarrier makes unnecessary there.
  if (barriers_registered())
    membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED);
  else
    fence(order::seq_cst);
  while (!try_lock()) futex_wait(locked_, 1);
  waiters_.fetch_sub(1, order::relaxed);
}

void mutex::wake_one() { futex_wake(locked_, 1); }

}  // namespace newproc::os
