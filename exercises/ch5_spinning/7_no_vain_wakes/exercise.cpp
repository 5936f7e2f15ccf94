// zh: 习题 5.7：不白叫。这是运行时自己的三个函数，能用，只是会白叫。
// en: Exercise 5.7: no wake-up in vain. These are the runtime's own three functions; they work, but
//     they wake in vain.
#include "ch1_entry/entry.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/inside.hpp"
#include "ch5_spinning/spinning.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

void workadded(P*) {
  if (sched.one_p) return;
  os::fence(order::seq_cst);
  if (sched.npidle.load(order::relaxed) == 0) return;
  if (sched.nmspinning.load(order::relaxed) != 0) return;
  systemstack([] { wakep(); });
}

void becomeSpinning(M* m) {
  m->spinning = true;
  sched.nmspinning.fetch_add(1, order::seq_cst);
  sched.needspinning.store(0, order::relaxed);
}

// TODO zh: 找到了活，就一定还有活吗？ en: Work was found; does that mean that there is more?
void resetspinning() {
  M* m = getg()->m;
  THROW_UNLESS(static_cast<bool>(m->spinning), "resetspinning: not a spinning m");
  m->spinning = false;
  const auto before = sched.nmspinning.fetch_sub(1, order::seq_cst);
  THROW_UNLESS(before > 0, "findrunnable: negative nmspinning");
  wakep();
}

}  // namespace newproc::rt
