// zh: 找活，直到找到；找不到就放下 P（retire.cpp），再睡（rest.cpp）。文档「Worker 线程
//     parking/unparking」的五条规则，在这三个文件里。
// en: Looking for work until it is found; an M that finds none lets go of its P (retire.cpp), then sleeps
//     (rest.cpp). The document's five rules of parking and unparking are in these three files.
#include "ch3_runqueue/runqueue.hpp"
#include "ch5_spinning/inside.hpp"
#include "ch7_time/time.hpp"
#include "model/steal_order.hpp"

namespace newproc::rt {
namespace {

/// zh: 从全局队列取一批，返回第一个，其余进 @p p 的队列；没有则 nullptr。
/// en: Takes a batch from the global queue: returns the first, the others go to @p p's queue;
///     nullptr if there is none.
G* take_global(P* p) REQUIRES(p->owner) {
  if (globrunqsize() == 0) return nullptr;
  const sched_lock_guard hold(sched.lock);
  return globrunqget(p, 0);
}

/// zh: 自旋的人不超过忙着的 P 的一半：活不多时，不必人人都去找。已经在自旋的总可以。
/// en: Spinners are at most half of the busy Ps: where there is little work, not all need search.
///     One that spins already always may.
bool may_spin(const M* m) {
  return m->spinning || 2 * sched.nmspinning.load(order::relaxed) <
                            sched.gomaxprocs - sched.npidle.load(order::relaxed);
}

// [stealwork]
/// zh: 随机地走遍所有的 P，四轮；返回偷到的一个，其余进 @p p 的队列。偷不到，或世界结束，则
///     nullptr。
/// en: Walks over all Ps at random, four rounds; returns one of what it stole, the others go to
///     @p p's queue. nullptr if it got nothing, or the world ends.
/// Go: proc.go, the stealing part of findrunnable
G* stealwork(M* m, P* p) REQUIRES(p->owner) {
  for (int round = 1; round <= steal_rounds; ++round) {
    // zh: runnext 只在最后一轮偷 en: runnext is stolen in the last round only
    const bool last = round == steal_rounds;
    for (auto walk = sched.stealOrder.start(m->rand.next()); !walk.done(); walk.next()) {
      if (sched.ending.load(order::relaxed)) return nullptr;
      P* victim = &all_ps()[walk.position()];
      if (victim == p) continue;
      if (G* g = runqsteal(p, victim, last)) {
        m->steals.add();
        return g;
      }
    }
  }
  return nullptr;
}
// [stealwork]

}  // namespace

// [findrunnable]
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
    }
    if (retire(m)) continue;
    while (m->p == nullptr && !sched.ending.load(order::relaxed)) rest(m);
  }
  return {};
}
// [findrunnable]

}  // namespace newproc::rt
