// zh: 队列里原来就有 G，就以为早已叫过人。
// en: Believes that an M was woken long ago if there were Gs in the queue before.
// earns: there were Gs in the queue before
#include "ch1_entry/entry.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"

namespace newproc::rt {

void workadded(P* p) {
  if (p->runqtail.load(order::relaxed) - p->runqhead.load(order::relaxed) > 1) return;
  os::fence(order::seq_cst);
  if (sched.npidle.load(order::relaxed) == 0) return;
  if (sched.nmspinning.load(order::relaxed) != 0) return;
  systemstack([] { wakep(); });
}

}  // namespace newproc::rt
