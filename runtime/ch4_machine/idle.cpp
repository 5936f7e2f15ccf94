// zh: 空闲的 P 和 M 的两张表，以及 M 与 P 的相连和分手。全在 sched.lock 之下。
// en: The two lists of idle Ps and Ms, and how M and P are joined and parted. All under sched.lock.
#include "ch3_runqueue/runqueue.hpp"
#include "ch4_machine/inside.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

// [idle]
P* pidleget() {
  P* p = sched.pidle;
  if (p != nullptr) {
    sched.pidle = p->link;
    // zh: 没有对手，同 pidleput en: no partner, as in pidleput
    sched.npidle.fetch_sub(1, order::seq_cst);
  }
  return p;
}

void pidleput(P* p) {
  INVARIANT(runqempty(p), "pidleput: P has non-empty run queue");
  p->link = sched.pidle;
  sched.pidle = p;
  // zh: 不拿锁的提交者读它，好决定要不要叫人。seq_cst 同 Go，没有对手：先后由 workadded、retire 和
  //     handoffp 的屏障管。
  // en: Submitters read it without the lock, to decide whether to wake an M. The seq_cst is as in Go
  //     and has no partner: order is kept by the fences of workadded, retire and handoffp.
  sched.npidle.fetch_add(1, order::seq_cst);
}

P* pidlegetSpinning() {
  P* p = pidleget();
  if (p == nullptr) sched.needspinning.store(1, order::relaxed);
  return p;
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
// [idle]

void acquirep(P* p) {
  M* m = getg()->m;
  THROW_UNLESS(m->p == nullptr, "acquirep: already in go");
  THROW_UNLESS(p->m == nullptr, "acquirep: the P has an M");
  m->p = p;
  p->m = m;
}

P* releasep() {
  M* m = getg()->m;
  P* p = m->p;
  THROW_UNLESS(p != nullptr && p->m == m, "releasep: invalid arg");
  m->p = nullptr;
  p->m = nullptr;
  return p;
}

}  // namespace newproc::rt
