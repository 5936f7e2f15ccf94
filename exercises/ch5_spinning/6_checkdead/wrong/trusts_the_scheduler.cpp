// zh: 可运行的 goroutine 也算作在等：调度器的错被说成了用户的错。
// en: A runnable goroutine counts as waiting too: the scheduler's mistake is told as the user's.
// earns: the scheduler is wrong
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"
#include "ch7_time/time.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

void checkdead() {
  if (sched.ending.load(order::relaxed)) return;
  const auto running = mcount() - sched.nmidle - sched.nmidlelocked - sched.nmsys;
  if (running > 0) return;
  THROW_UNLESS(running == 0, "checkdead: inconsistent counts");
  bool waiting = false;
  {
    const os::lock_guard hold(sched.allglock);
    for (const G* g : sched.allgs) {
      const gstatus s = g->status();
      if (s != Gdead) waiting = true;
    }
  }
  if (!waiting) fatal("no goroutines (main called runtime.Goexit) - deadlock!");
  if (next_timer() != 0) return;
  fatal_with_goroutines("all goroutines are asleep - deadlock!");
}

}  // namespace newproc::rt
