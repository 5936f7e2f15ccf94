// zh: 谁来都收，不看它有没有活。 en: Takes any P, without a look whether it has work.
// earns: a P with work went on the idle list, and your pidleput did not refuse it
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
