// zh: 先看有没有活，再销账。看过之后、销账之前交出的活，交活的人指望着他，他却看过了。
// en: Looks for work first and strikes itself off after. Who submits in between relies on it, and it has
//     looked already.
// earns: lost wake-up
#include "ch1_entry/entry.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/inside.hpp"
#include "ch5_spinning/spinning.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {
namespace {

bool work_left() {
  if (globrunqsize() != 0) return true;
  for (int i = 0; i < sched.gomaxprocs; ++i)
    if (!runqempty(&sched.allp[static_cast<std::size_t>(i)])) return true;
  return false;
}

}  // namespace

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
  os::fence(order::seq_cst);
  const bool more = work_left();
  const auto before = sched.nmspinning.fetch_sub(1, order::seq_cst);
  THROW_UNLESS(before > 0, "findrunnable: negative nmspinning");
  if (before > 1) return;
  if (more) wakep();
}

}  // namespace newproc::rt
