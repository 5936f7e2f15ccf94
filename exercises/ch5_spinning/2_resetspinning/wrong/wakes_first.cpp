// zh: 先叫下一个，再销自己的账：wakep 数到的自旋者正是他自己，于是谁也不叫。
// en: Wakes the next first and strikes itself off after: the spinner that wakep counts is itself, and
//     nobody is woken.
// earns: you have not woken the next M to search
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/inside.hpp"
#include "ch5_spinning/spinning.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

void becomeSpinning(M* m) {
  m->spinning = true;
  sched.nmspinning.fetch_add(1, order::seq_cst);
  sched.needspinning.store(0, order::relaxed);
}

void resetspinning() {
  M* m = getg()->m;
  THROW_UNLESS(static_cast<bool>(m->spinning), "resetspinning: not a spinning m");
  wakep();
  m->spinning = false;
  const auto before = sched.nmspinning.fetch_sub(1, order::seq_cst);
  THROW_UNLESS(before > 0, "findrunnable: negative nmspinning");
}

}  // namespace newproc::rt
