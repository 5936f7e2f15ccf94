// zh: 减了计数，看过了，最后才把 P 放进空闲表。交活的人看见没有空闲的 P，就不叫人。
// en: Lowers the count, looks, and only then puts its P on the idle list. A submitter sees no idle P and
//     wakes nobody.
// earns: lost wake-up
#include "ch3_runqueue/runqueue.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/inside.hpp"
#include "ch5_spinning/spinning.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {
namespace {

bool any_work() {
  if (globrunqsize() != 0) return true;
  for (int i = 0; i < sched.gomaxprocs; ++i)
    if (!runqempty(&sched.allp[static_cast<std::size_t>(i)])) return true;
  return false;
}

}  // namespace

bool retire(M* m) {
  P* p = m->p;
  if (globrunqsize() != 0) return true;
  if (!m->spinning && sched.needspinning.load(order::relaxed) != 0) {
    becomeSpinning(m);
    return true;
  }
  if (m->spinning) {
    m->spinning = false;
    THROW_UNLESS(sched.nmspinning.fetch_sub(1, order::seq_cst) > 0,
                 "findrunnable: negative nmspinning");
  }
  os::fence(order::seq_cst);
  if (any_work()) {
    becomeSpinning(m);
    return true;
  }
  const sched_lock_guard hold(sched.lock);
  releasep();
  pidleput(p);
  return false;
}

}  // namespace newproc::rt
