// zh: 死锁检测：若没有一个 M 可能干活，而世界还没结束，就再也不会有人动了。
//
// zh: 数的是 M，不是 G：总数减去空闲的、等着自己那个 G 的、系统的。每当其中一项增长就来查一次，
//     而且总在 sched.lock 之下，否则一个正在出生的 M 会被漏数（Go issue 40368）。
//     睡在 netpoll 里的 M 不在空闲表上，所以有人在睡眠时不会误报。
//
// en: Deadlock detection: if there is no M left that might do work and the world has not ended,
//     nothing will ever move again.
//
// en: It counts Ms, not Gs: all of them less the idle ones, those that wait for their own G, and
//     the system's. It is asked whenever one of these grows, and always under sched.lock, or an M
//     that is being born would be overlooked (Go issue 40368). An M that sleeps in netpoll is not
//     on the idle list, so a sleeping goroutine makes no false alarm.
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"
#include "ch7_time/time.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

// [checkdead]
void checkdead() {
  if (sched.ending.load(order::relaxed)) return;
  const auto running = mcount() - sched.nmidle - sched.nmidlelocked - sched.nmsys;
  if (running > 0) return;
  THROW_UNLESS(running == 0, "checkdead: inconsistent counts");
  bool runnable = false, waiting = false;
  {
    const os::lock_guard hold(sched.allglock);
    for (const G* g : sched.allgs) {
      const gstatus s = g->status();
      runnable |= s == Grunnable || s == Grunning || s == Gsyscall;
      waiting |= s == Gwaiting;
    }
  }
  THROW_UNLESS(!runnable, "checkdead: runnable g");
  if (!waiting) fatal("no goroutines (main called runtime.Goexit) - deadlock!");
  if (next_timer() != 0) return;
  fatal_with_goroutines("all goroutines are asleep - deadlock!");
}
// [checkdead]

}  // namespace newproc::rt
