// zh: 先放锁，再还令牌，Go 1.13 就是这样：夹在中间的人数到的，是一枚没有人会用的令牌。
// en: Unlocks first and gives the token back after, as in Go 1.13: who comes in between counts a
//     token that nobody will use.
// earns: lost wake-up
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
    if (spinning) sched.nmspinning.fetch_sub(1, order::seq_cst);
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
