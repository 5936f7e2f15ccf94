// zh: 到了上限就还掉令牌、放回 P：最后看过一遍队列、正要睡下的 M，再也没有人叫。
// en: At the limit gives back the token and the P: nobody calls the M any more that has looked for the last
//     time and is about to lie down.
// earns: lost wake-up
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
    if (spinning) sched.nmspinning.fetch_sub(1, order::seq_cst);
    if (runqempty(p))
      pidleput(p);
    else
      waiting_ps().push_back({p, false});
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
      m->spinning = next.spinning;
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
