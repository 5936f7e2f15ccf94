// zh: 先读 nmspinning 是不是 1，再减：两个人都读到 2，谁也不当自己是最后一个。
// en: Reads whether nmspinning is 1 and then subtracts: two may both read 2, and neither takes itself for
//     the last.
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
  const bool last = sched.nmspinning.load(order::seq_cst) == 1;
  const auto before = sched.nmspinning.fetch_sub(1, order::seq_cst);
  THROW_UNLESS(before > 0, "findrunnable: negative nmspinning");
  if (!last) return;  // zh: 别人还在找 en: others still search
  os::fence(order::seq_cst);
  if (work_left()) wakep();
}

}  // namespace newproc::rt
