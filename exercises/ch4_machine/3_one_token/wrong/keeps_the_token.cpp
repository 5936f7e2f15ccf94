// zh: 没有 P 就走了，令牌却没有还：从此人人以为有人在找。
// en: Leaves where there is no P and keeps the token: from then on all believe that an M searches.
// earns: the token was not given back, and nmspinning is 1
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
