// zh: 一个 goroutine 也不剩，它也说“都睡着了”。
// en: Says "all are asleep" even when no goroutine is left.
// earns: this needs the other sentence
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
  {
    const os::lock_guard hold(sched.allglock);
    for (const G* g : sched.allgs) {
      const gstatus s = g->status();
      THROW_UNLESS(s != Grunnable && s != Grunning && s != Gsyscall, "checkdead: runnable g");
    }
  }
  if (next_timer() != 0) return;
  fatal_with_goroutines("all goroutines are asleep - deadlock!");
}

}  // namespace newproc::rt
