// zh: 习题 4.1 的一份正确答案。 en: A right answer to exercise 4.1.
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
  m->schedlink = sched.midle;
  sched.midle = m;
  ++sched.nmidle;
  checkdead();
}

}  // namespace newproc::rt
