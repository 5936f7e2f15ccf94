// zh: 放下 P 就睡，不再看一眼。
// en: Sleeps as soon as it has let go of its P, without another look.
// earns: your retire lets the M go to sleep
#include "ch3_runqueue/runqueue.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/inside.hpp"
#include "ch5_spinning/spinning.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

bool retire(M* m) {
  P* p = m->p;
  {
    const sched_lock_guard hold(sched.lock);
    if (globrunqsize() != 0) return true;
    if (!m->spinning && sched.needspinning.load(order::relaxed) != 0) {
      becomeSpinning(m);
      return true;
    }
    releasep();
    pidleput(p);
  }
  if (m->spinning) {
    m->spinning = false;
    THROW_UNLESS(sched.nmspinning.fetch_sub(1, order::seq_cst) > 0,
                 "findrunnable: negative nmspinning");
  }
  return false;
}

}  // namespace newproc::rt
