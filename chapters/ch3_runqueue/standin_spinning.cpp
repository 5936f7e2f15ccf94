// zh: 第 5 章的替身：找不到活就再找，永远找下去。正确，反应也最快；代价是每个核都烧到百分之百，哪怕
//     人人都在睡。
// en: The stand-in for chapter 5: no work found, look again, for ever. Correct, and the quickest to
//     respond; at the price of every core at a hundred percent even while everybody sleeps.
#include "ch5_spinning/spinning.hpp"

#include "ch1_entry/entry.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "ch7_time/time.hpp"

namespace newproc::rt {
namespace {

G* take_global(P* p, std::int32_t max) REQUIRES(p->owner) {
  if (globrunqsize() == 0) return nullptr;
  const sched_lock_guard hold(sched.lock);
  return globrunqget(p, max);
}

G* steal(M* m, P* p) REQUIRES(p->owner) {
  for (auto walk = sched.stealOrder.start(m->rand.next()); !walk.done(); walk.next()) {
    P* victim = &sched.allp[walk.position()];
    if (victim == p) continue;
    if (G* g = runqsteal(p, victim, true)) {
      m->steals.add();
      return g;
    }
  }
  return nullptr;
}

}  // namespace

// [look]
void schedule() {
  M* m = getg()->m;
  P* p = m->p;
  p->owner.held();
  while (!sched.ending.load(order::relaxed)) {
    checktimers(p);
    G* g = ++p->schedtick % global_tick == 0 ? take_global(p, 1) : nullptr;
    if (g == nullptr) g = runqget(p).g;
    if (g == nullptr) g = take_global(p, 0);
    if (g == nullptr) g = steal(m, p);
    if (g == nullptr) {
      os::spin_pause();
      continue;
    }
    linkg(m, g);
    gogo(g);
  }
}
// [look]

G* successor(const G*) { return nullptr; }

void workadded(P*) {}

}  // namespace newproc::rt
