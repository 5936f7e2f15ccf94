// zh: 习题 5.4 的一份正确答案。 en: A right answer to exercise 5.4.
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
  os::fence(order::seq_cst);
  if (!any_work()) return false;
  P* again = nullptr;
  {
    const sched_lock_guard hold(sched.lock);
    again = pidlegetSpinning();
  }
  if (again == nullptr) return false;
  acquirep(again);
  becomeSpinning(m);
  return true;
}

}  // namespace newproc::rt
