// zh: 看遍别人的 P，唯独不看自己的：偷来的多的那些，正在自己的队列里。
// en: Looks at everybody's P but its own: the rest of its loot is in its own queue.
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
    if (P* p = &sched.allp[static_cast<std::size_t>(i)]; p != getg()->m->p && !runqempty(p))
      return true;
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
