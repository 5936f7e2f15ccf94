// zh: 放了锁才从表上取 M：两个叫人的取到同一个。
// en: Takes the M off its list after the unlock: two callers get the same one.
// earns: data race
#include "ch3_runqueue/runqueue.hpp"
#include "ch4_machine/inside.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

void wakep() {
  std::int32_t none = 0;
  if (sched.nmspinning.load(order::relaxed) != 0 ||
      !sched.nmspinning.compare_exchange_strong(none, 1, order::seq_cst, order::relaxed))
    return;
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
  sched.lock.unlock();
  M* m = mget();
  const std::int64_t id = m == nullptr ? mReserveID() : -1;
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
