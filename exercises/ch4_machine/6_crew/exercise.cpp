// zh: 习题 4.6：小班底。起点是运行时自己的两个函数。
// en: Exercise 4.6: a small crew. The starter is the runtime's own two functions.
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
  // TODO zh: 没有 M，也不许再建？让 P 等。 en: No M, and no new one allowed? Let the P wait.
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
    // TODO zh: 有 P 在等？别睡，接过它。 en: Does a P wait? Don't sleep, take it.
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
