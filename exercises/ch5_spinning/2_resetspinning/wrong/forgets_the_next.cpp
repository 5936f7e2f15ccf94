// zh: 销了账就走，不叫下一个。因为有他在找而没有叫人的那些活，从此没有人去找。
// en: Strikes itself off and leaves without waking the next. Work for which nobody was woken because
//     it searched is searched for by nobody now.
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
  m->spinning = false;
  const auto before = sched.nmspinning.fetch_sub(1, order::seq_cst);
  THROW_UNLESS(before > 0, "findrunnable: negative nmspinning");
}

}  // namespace newproc::rt
