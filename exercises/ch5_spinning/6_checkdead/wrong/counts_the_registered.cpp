// zh: 数的是 allm 上的 M，正在出生的还不在上面（Go issue 40368）。
// en: Counts the Ms on allm; those that are being born are not on it yet (Go issue 40368).
// earns: you raised a false alarm
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"
#include "ch7_time/time.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

namespace {

std::int64_t registered() {
  std::int64_t n = 0;
  for (const M* m = sched.allm; m != nullptr; m = m->alllink) ++n;
  return n;
}

}  // namespace

void checkdead() {
  if (sched.ending.load(order::relaxed)) return;
  const auto running = registered() - sched.nmidle - sched.nmidlelocked - sched.nmsys;
  if (running > 0) return;
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
