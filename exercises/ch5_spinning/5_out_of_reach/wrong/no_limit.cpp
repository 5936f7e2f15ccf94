// zh: 干脆不设限：每个找不到活的 M 都去自旋。
// en: Drops the limit: every M that finds no work spins.
// earns: yours steals too instead of stepping back first
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
    if (true) {
      if (!m->spinning) becomeSpinning(m);
      if (G* g = stealwork(m, p)) return {g, false};
    }
    if (retire(m)) continue;
    while (static_cast<P*>(m->p) == nullptr && !sched.ending.load(order::relaxed)) rest(m);
  }
  return {};
}

}  // namespace newproc::rt
