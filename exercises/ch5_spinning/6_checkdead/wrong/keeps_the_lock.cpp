// zh: 握着 allglock 去报告，而报告的人自己也要拿它。
// en: Reports while it holds allglock, which the report wants to take too.
// earns: it waits for a lock that it holds already
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
  const os::lock_guard hold(sched.allglock);
  for (const G* g : sched.allgs) {
    const gstatus s = g->status();
    THROW_UNLESS(s != Grunnable && s != Grunning && s != Gsyscall, "checkdead: runnable g");
    if (s == Gwaiting) waiting = true;
  }
  if (!waiting) fatal("no goroutines (main called runtime.Goexit) - deadlock!");
  if (next_timer() != 0) return;
  fatal_with_goroutines("all goroutines are asleep - deadlock!");
}

}  // namespace newproc::rt
