// zh: 读到 0，再加一：两个人都读到 0，就都加了。
// en: Reads 0, then adds one: of two that both read 0 both do.
// earns: two have taken the token at once
#include "ch3_runqueue/runqueue.hpp"
#include "ch4_machine/inside.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

void wakep() {
  if (sched.nmspinning.load(order::seq_cst) != 0) return;
  sched.nmspinning.fetch_add(1, order::seq_cst);
  startm(nullptr, true);
}

void startm(P* p, bool spinning) {
  M* self = acquirem();
  sched.lock.lock();
  if (p == nullptr) p = spinning ? pidlegetSpinning() : pidleget();
  if (p == nullptr) {
    if (spinning) sched.nmspinning.fetch_sub(1, order::seq_cst);
    sched.lock.unlock();
    return releasem(self);
  }
  M* m = mget();
  const std::int64_t id = m == nullptr ? mReserveID() : -1;
  sched.lock.unlock();
  self->wakes.add();
  if (m == nullptr) {
    newm(spinning ? mspinning : nullptr, p, id);
  } else {
    m->spinning = spinning;
    m->nextp = p;
    notewakeup(m->park);
  }
  releasem(self);
}

}  // namespace newproc::rt
