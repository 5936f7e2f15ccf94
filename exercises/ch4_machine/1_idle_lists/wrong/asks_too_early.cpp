// zh: 先问 checkdead，再给自己计数：最后一个 M 总以为还有别人。
// en: Asks checkdead before it counts itself: the last M always believes that there is another.
// earns: your mput asks checkdead before m is counted
#include "ch3_runqueue/runqueue.hpp"
#include "ch4_machine/inside.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

P* pidleget() {
  P* p = sched.pidle;
  if (p != nullptr) {
    sched.pidle = p->link;
    sched.npidle.fetch_sub(1, order::seq_cst);
  }
  return p;
}

void pidleput(P* p) {
  INVARIANT(runqempty(p), "pidleput: P has non-empty run queue");
  p->link = sched.pidle;
  sched.pidle = p;
  sched.npidle.fetch_add(1, order::seq_cst);
}

M* mget() {
  M* m = sched.midle;
  if (m != nullptr) {
    sched.midle = m->schedlink;
    --sched.nmidle;
  }
  return m;
}

void mput(M* m) {
  checkdead();
  m->schedlink = sched.midle;
  sched.midle = m;
  ++sched.nmidle;
}

}  // namespace newproc::rt
