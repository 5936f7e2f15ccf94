// zh: lock_os_thread：G 只在某个 M 上跑，那个 M 也只跑它。
//
// zh: 这样的 G 照样排在普通的队列里；谁取到它，就把自己的 P 交给它的 M，自己睡下。
//     所以每次切入切出都是两次线程切换，比普通的 G 慢一个数量级（Go issue 18023）。
//
// en: lock_os_thread: a G runs on one M only, and that M runs nothing else.
//
// en: Such a G stands on the ordinary queues; the M that takes it gives its P to the G's M and
//     sleeps. So each switch to or from it is two thread switches, an order of magnitude slower
//     than an ordinary G (Go issue 18023).
#include "ch1_entry/entry.hpp"
#include "ch4_machine/inside.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"
#include "newproc/go.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

void startlockedm(G* g) {
  M* m = g->lockedm;
  THROW_UNLESS(m != getg()->m, "startlockedm: locked to me");
  P* p = releasep();
  {
    const sched_lock_guard hold(sched.lock);
    if (sched.ending.load(order::relaxed)) return;
    --sched.nmidlelocked;
    m->lockedidle = false;
    m->nextp = p;
  }
  notewakeup(m->park);
  stopm();
}

bool stoplockedm() {
  M* m = getg()->m;
  if (m->p != nullptr) handoffp(releasep());
  {
    const sched_lock_guard hold(sched.lock);
    if (sched.ending.load(order::relaxed)) return false;
    ++sched.nmidlelocked;
    // zh: 也许已经有人叫过了 en: we may have been woken already
    m->lockedidle = m->nextp == nullptr;
    checkdead();
  }
  notesleep(m->park);
  noteclear(m->park);
  P* p = m->nextp;
  if (p == nullptr) return false;  // zh: 世界结束 en: the world's end
  m->nextp = nullptr;
  acquirep(p);
  const G* g = m->lockedg;
  THROW_UNLESS(g->status() == Grunnable, "stoplockedm: not runnable");
  return true;
}

void abandon_locked_thread() {
  M* m = getg()->m;
  m->lockedg = nullptr;
  m->exiting = true;
  // zh: lockedExt 留着：这个线程最后要把 P 交出去，那时新 M 仍须由干净的线程来建。
  // en: lockedExt stays: at its end this thread hands off its P, and a new M must still be made by
  //     a clean thread.
}

}  // namespace newproc::rt

namespace newproc {

void lock_os_thread() {
  rt::G* g = rt::getg_user("lock_os_thread");
  rt::startTemplateThread();  // zh: 趁本线程还干净 en: while this thread is still clean
  rt::M* m = g->m;
  ++m->lockedExt;
  m->lockedg = g;
  g->lockedm = m;
}

void unlock_os_thread() {
  rt::G* g = rt::getg_user("unlock_os_thread");
  rt::M* m = g->m;
  if (m->lockedExt == 0) return;
  if (--m->lockedExt != 0) return;
  m->lockedg = nullptr;
  g->lockedm = nullptr;
}

}  // namespace newproc
