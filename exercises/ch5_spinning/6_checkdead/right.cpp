// zh: 习题 5.6 的一份正确答案。 en: A right answer to exercise 5.6.
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
  if (next_timer() != 0) return;
  fatal_with_goroutines("all goroutines are asleep - deadlock!");
}

}  // namespace newproc::rt
