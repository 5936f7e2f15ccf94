// zh: 最后一个自旋的人销了账，立起屏障，再看一遍；真的还有活才叫下一个。
//
// zh: 为什么不丢：指望着他而没有叫人的交活者，读到的是他销账之前的计数；那时 G 已在队列里，两边又各有一道全屏障，所以他销账之后的
//     那一眼一定看得见那个 G。看见了，就叫。这正是退休的道理，只是这回他不睡，去干活。
//
// en: The last spinner strikes itself off, raises a fence, looks once more, and wakes the next only
//     if there really is work left.
//
// en: Why nothing is lost: a submitter that relied on it and woke none read the count as it was
//     before it was struck off. By then the G was queued, and with a full fence on either side the
//     look that comes after cannot miss that G. So it wakes an M. It is the retirement's argument,
//     but here the M goes to work instead of to sleep.
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
  const auto before = sched.nmspinning.fetch_sub(1, order::seq_cst);
  THROW_UNLESS(before > 0, "findrunnable: negative nmspinning");
  if (before > 1) return;  // zh: 别人还在找 en: others still search
  os::fence(order::seq_cst);
  if (work_left()) wakep();
}

}  // namespace newproc::rt
