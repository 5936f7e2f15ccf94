// zh: 看过一遍没有偷到，自旋的 M 就不睡，一直找下去：CPU 烧着，没有活也不停。
// en: A spinning M that has stolen nothing does not go to sleep but searches on: it burns the core
//     though there is no work.
// earns: the plan does not end
#include "ch3_runqueue/runqueue.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/inside.hpp"
#include "ch5_spinning/spinning.hpp"
#include "ch7_time/time.hpp"
#include "model/steal_order.hpp"

namespace newproc::rt {
namespace {

// zh: 从全局队列取一批。 en: Takes a batch from the global queue.
G* take_global(P* p) {
  if (globrunqsize() == 0) return nullptr;
  const sched_lock_guard hold(sched.lock);
  return globrunqget(p, 0);
}

// zh: 自旋的人不超过忙着的 P 的一半。 en: Spinners are at most half of the busy Ps.
bool may_spin(const M* m) {
  return m->spinning || 2 * sched.nmspinning.load(order::relaxed) <
                            sched.gomaxprocs - sched.npidle.load(order::relaxed);
}

// zh: 从随机的一处走起，把每个 P 看 steal_rounds 遍；runnext 只在最后一遍偷。
// en: Walks past every P steal_rounds times, from a random one on; runnext is stolen in the last
//     round only.
G* stealwork(M* m, P* p) {
  for (int round = 1; round <= steal_rounds; ++round) {
    const bool last = round == steal_rounds;
    for (auto walk = sched.stealOrder.start(m->rand.next()); !walk.done(); walk.next()) {
      if (sched.ending.load(order::relaxed)) return nullptr;
      P* victim = &sched.allp[walk.position()];
      if (victim == p) continue;
      if (G* g = runqsteal(p, victim, last)) {
        m->steals.add();
        return g;
      }
    }
  }
  return nullptr;
}

}  // namespace

found_g findrunnable() {
  M* m = getg()->m;
  while (!sched.ending.load(order::relaxed)) {
    P* p = m->p;
    p->owner.held();
    checktimers(p);
    if (const auto [g, inheritTime] = runqget(p); g != nullptr) return {g, inheritTime};
    if (G* g = take_global(p)) return {g, false};
    if (may_spin(m)) {
      if (!m->spinning) becomeSpinning(m);
      if (G* g = stealwork(m, p)) return {g, false};
      if (m->spinning) continue;
    }
    if (retire(m)) continue;
    while (static_cast<P*>(m->p) == nullptr && !sched.ending.load(order::relaxed)) rest(m);
  }
  return {};
}

}  // namespace newproc::rt
