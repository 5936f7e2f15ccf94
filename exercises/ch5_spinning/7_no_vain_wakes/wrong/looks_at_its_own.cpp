// zh: 只看自己那个 P 的队列：偷来的多了才叫人，别处的活它不管。
// en: Looks at its own P alone: wakes only if it stole more than it needs, and cares for no work
//     elsewhere.
// earns: lost wake-up
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

void resetspinning() {
  M* m = getg()->m;
  THROW_UNLESS(static_cast<bool>(m->spinning), "resetspinning: not a spinning m");
  m->spinning = false;
  const auto before = sched.nmspinning.fetch_sub(1, order::seq_cst);
  THROW_UNLESS(before > 0, "findrunnable: negative nmspinning");
  if (before > 1) return;
  os::fence(order::seq_cst);
  if (!runqempty(m->p)) wakep();
}

}  // namespace newproc::rt
