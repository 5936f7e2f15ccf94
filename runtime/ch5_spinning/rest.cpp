// zh: 没有活也没有 P 的 M：有人睡到某个时刻，就由一个 M 替大家守着钟；其余的真正睡下。
// en: An M without work and without a P: while goroutines sleep until some time, one M watches the clock
//     for all; the others sleep for good.
#include "ch2_goroutine/goroutine.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/inside.hpp"
#include "ch7_time/time.hpp"
#include "ch9_netpoll/netpoll.hpp"
#include "os/clock.hpp"

namespace newproc::rt {

// zh: lastpoll 和 pollUntil 的 seq_cst 同 Go：一方写 pollUntil，另一方登记睡眠者，然后各读对方的；与登记者
//     在 time_sleep 里的屏障配对。
// en: The seq_cst of lastpoll and pollUntil are as in Go: one side writes pollUntil, the other registers
//     a sleeper, then each reads what the other wrote; it pairs with the fence of the one that registers
//     in time_sleep.
void rest(M*) {
  const std::int64_t until = next_timer();
  if (until != 0 && sched.lastpoll.exchange(0, order::seq_cst) != 0) {
    stack_trimmer trimmer;
    const bool earlier = trimmer.due() != 0 && trimmer.due() < until;
    const std::int64_t wake = earlier ? trimmer.due() : until;
    sched.pollUntil.store(wake, order::seq_cst);
    G* ready = netpoll(wake);
    sched.pollUntil.store(0, order::seq_cst);
    sched.lastpoll.store(os::nanotime(), order::seq_cst);
    if (earlier && os::nanotime() >= wake) trimmer.trim();
    P* p = nullptr;
    {
      const sched_lock_guard hold(sched.lock);
      p = pidleget();
    }
    if (p != nullptr) acquirep(p);
    injectglist(p, ready);
    if (p != nullptr) return;
  } else if (until != 0) {
    const std::int64_t polling_until = sched.pollUntil.load(order::seq_cst);
    if (polling_until == 0 || polling_until > until) netpollBreak();
  }
  stopm();
}

}  // namespace newproc::rt
