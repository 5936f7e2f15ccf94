// zh: 计数用一读一写来加减：两个 M 同时加，少了一个；同时减，多了一个。
// en: Counts by a load and a store: of two Ms that add at once one is lost, of two that subtract at
//     once one stays.
// earns: property that failed
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/inside.hpp"
#include "ch5_spinning/spinning.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

void becomeSpinning(M* m) {
  m->spinning = true;
  sched.nmspinning.store(sched.nmspinning.load(order::seq_cst) + 1, order::seq_cst);
  sched.needspinning.store(0, order::relaxed);
}

void resetspinning() {
  M* m = getg()->m;
  THROW_UNLESS(static_cast<bool>(m->spinning), "resetspinning: not a spinning m");
  m->spinning = false;
  const auto before = sched.nmspinning.load(order::seq_cst);
  THROW_UNLESS(before > 0, "findrunnable: negative nmspinning");
  sched.nmspinning.store(before - 1, order::seq_cst);
  wakep();
}

}  // namespace newproc::rt
