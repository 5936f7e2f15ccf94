// zh: 接过了 P，没有接过令牌：从此人人以为有人在找。
// en: Takes the P and not the token: from then on all believe that an M searches.
// earns: nmspinning is not the number of tokens that wait in the queue
#include "ch3_runqueue/runqueue.hpp"
#include "ch4_machine/inside.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"
#include "given.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

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
  if (m == nullptr && mcount() >= sched.maxmcount) {
    waiting_ps().push_back({p, spinning});
    sched.lock.unlock();
    return releasem(self);
  }
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

void stopm() {
  M* m = getg()->m;
  THROW_UNLESS(m->locks == 0, "stopm holding locks");
  THROW_UNLESS(m->p == nullptr, "stopm holding p");
  THROW_UNLESS(!static_cast<bool>(m->spinning), "stopm spinning");
  m->parks.add();
  if (!m->found_work) m->useless_wakes.add();
  {
    const sched_lock_guard hold(sched.lock);
    if (sched.ending.load(order::relaxed)) return;
    if (!waiting_ps().empty()) {
      const waiting_p next = waiting_ps().front();
      waiting_ps().pop_front();
      return acquirep(next.p);
    }
    mput(m);
  }
  notesleep(m->park);
  noteclear(m->park);
  m->found_work = false;
  if (P* p = m->nextp) {
    m->nextp = nullptr;
    acquirep(p);
  }
}

}  // namespace newproc::rt
