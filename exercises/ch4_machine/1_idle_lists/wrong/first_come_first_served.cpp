// zh: 排队：先来的先走。最冷的那个先被叫醒，最热的却睡着。
// en: A queue: first come, first served. The coldest is woken, and the warmest sleeps on.
// earns: three Ms were put, and they do not come back last in, first out
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
  m->schedlink = nullptr;
  M* last = sched.midle;
  if (last == nullptr) {
    sched.midle = m;
  } else {
    while (static_cast<M*>(last->schedlink) != nullptr) last = last->schedlink;
    last->schedlink = m;
  }
  ++sched.nmidle;
  checkdead();
}

}  // namespace newproc::rt
