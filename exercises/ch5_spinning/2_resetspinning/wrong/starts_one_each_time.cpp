// zh: 不问有没有别人在找，每次都叫醒一个。
// en: Wakes one each time, without asking whether another searches.
// earns: another M is spinning, and you have woken one more in vain
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
  // zh: 自己的那一份直接转给被叫醒的 en: hands its own place to the woken one
  THROW_UNLESS(sched.nmspinning.load(order::seq_cst) > 0, "findrunnable: negative nmspinning");
  startm(nullptr, true);
}

}  // namespace newproc::rt
