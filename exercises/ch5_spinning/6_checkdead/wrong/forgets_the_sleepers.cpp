// zh: 忘了睡到某个时刻的 goroutine：到时自会有人动。
// en: Forgets goroutines that sleep until some time: they will move then.
// earns: a goroutine sleeps for an hour
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
      THROW_UNLESS(s != Grunnable && s != Grunning && s != Gsyscall, "checkdead: runnable g");
      if (s == Gwaiting) waiting = true;
    }
  }
  if (!waiting) fatal("no goroutines (main called runtime.Goexit) - deadlock!");
  fatal_with_goroutines("all goroutines are asleep - deadlock!");
}

}  // namespace newproc::rt
