// zh: 第 5 章的替身：每有一个 G 就绪就叫醒一个线程，找不到活立刻睡下。这是 Go 否决的第三种设计。没
//     有自旋的人，所以交活的人不知道有没有人正要来；他只能每次都叫，而被叫醒的往往发现活已经没了。
// en: The stand-in for chapter 5: wake a thread for every G that becomes ready, and sleep as soon
//     as nothing is found. This is the third design that Go rejected. No M spins, so a submitter
//     can't know whether one is on the way; it must wake one every time, and an M that is woken
//     often finds that the work has gone.
#include "ch5_spinning/spinning.hpp"

#include "ch1_entry/entry.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "ch4_machine/machine.hpp"
#include "ch7_time/time.hpp"
#include "ch9_netpoll/netpoll.hpp"
#include "os/clock.hpp"

namespace newproc::rt {
namespace {

// zh: 叫醒者按“自旋”计过数的，立刻销账：这里没有人自旋。
// en: If the waker counted us as spinning, strike it off at once: no M spins here.
void not_spinning(M* m) {
  if (!m->spinning) return;
  m->spinning = false;
  sched.nmspinning.end();
}

// zh: 到处看一眼，只看一遍。 en: One look everywhere, once.
G* look(M* m, P* p) REQUIRES(p->owner) {
  not_spinning(m);
  checktimers(p);
  if (p->schedtick % global_tick == 0 && globrunqsize() != 0) {
    const sched_lock_guard hold(sched.lock);
    if (G* g = globrunqget(p, 1)) return g;
  }
  if (G* g = runqget(p).g) return g;
  if (globrunqsize() != 0) {
    const sched_lock_guard hold(sched.lock);
    if (G* g = globrunqget(p, 0)) return g;
  }
  for (auto walk = sched.stealOrder.start(m->rand.next()); !walk.done(); walk.next()) {
    P* victim = &all_ps()[walk.position()];
    if (victim == p) continue;
    if (G* g = runqsteal(p, victim, true)) {
      m->steals.add();
      return g;
    }
  }
  return nullptr;
}

P* idle_p() {
  const sched_lock_guard hold(sched.lock);
  return pidleget();
}

// zh: 放下 P，再看一眼（不看就会漏掉刚放进来的），睡。有人在睡眠时，由一个 M 守着钟。
// en: Let go of the P, look once more (or what was just put would be missed), sleep. While
//     goroutines sleep, one M watches the clock.
void park() {
  {
    const sched_lock_guard hold(sched.lock);
    if (globrunqsize() != 0) return;
    pidleput(releasep());
  }
  os::fence(order::seq_cst);
  if (work_anywhere())
    if (P* p = idle_p()) return acquirep(p);
  const std::int64_t until = next_timer();
  if (until != 0 && sched.lastpoll.exchange(0, order::seq_cst) != 0) {
    sched.pollUntil.store(until, order::seq_cst);
    G* ready = netpoll(until);
    sched.pollUntil.store(0, order::seq_cst);
    sched.lastpoll.store(os::nanotime(), order::seq_cst);
    P* p = idle_p();
    if (p != nullptr) acquirep(p);
    injectglist(p, ready);
    if (p != nullptr) return;
  }
  stopm();
}

}  // namespace

void schedule() {
  M* m = getg()->m;
  while (!sched.ending.load(order::relaxed) && !m->exiting) {
    G* g = m->lockedg;
    if (g != nullptr) {
      if (!stoplockedm()) return;
    } else {
      P* p = m->p;
      p->owner.held();
      g = look(m, p);
      if (g != nullptr && g->lockedm != nullptr) {
        startlockedm(g);
        if (m->p == nullptr) return;
        continue;
      }
    }
    if (g == nullptr) {
      park();
      while (m->p == nullptr && !sched.ending.load(order::relaxed)) stopm();
      continue;
    }
    ++static_cast<P*>(m->p)->schedtick;
    m->found_work = true;
    linkg(m, g);
    gogo(g);
  }
}

G* successor(const G*) { return nullptr; }

// [submit]
void workadded(P*) {
  os::fence(order::seq_cst);
  if (sched.npidle.load(order::relaxed) != 0) systemstack([] { startm(nullptr, false); });
}
// [submit]

void checkdead() {}

}  // namespace newproc::rt
