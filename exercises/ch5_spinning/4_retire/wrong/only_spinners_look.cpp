// zh: 没有自旋的 M 不再看一遍：“没有人指望过它”。Go 有几年就是这样（issue 45867）。
// en: An M that did not spin does not look again: "nobody relied on it". Go was like that for some years
//     (issue 45867).
// earns: your retire lets the M go to sleep
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
  if (!m->spinning) return false;
  m->spinning = false;
  THROW_UNLESS(sched.nmspinning.fetch_sub(1, order::seq_cst) > 0,
               "findrunnable: negative nmspinning");
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
