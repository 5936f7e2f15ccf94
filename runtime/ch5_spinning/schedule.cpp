// zh: 调度循环：选一个 G，跑它，等它离开，再选。
//
// zh: 次序：每 61 次先看一眼全局队列，否则两个互相重生的 G 可以永远占着本地队列；
//     然后是本地队列；再不行，交给 findrunnable 去找，那里才会自旋和休眠。
//     61 是素数，程序自己的节拍很难恰好与它合拍。
//
// zh: 每次都先照看到点的睡眠者：一个从不空闲的 P 也得放他们走。
//
// en: The scheduling loop: choose a G, run it, wait until it has left, choose again.
//
// en: The order: every 61st time first a look at the global queue, else two Gs that respawn each
//     other could hold the local queue for ever; then the local queue; and if that fails
//     findrunnable goes searching, and only there does one spin and sleep. 61 is prime: a program's
//     own beat hardly ever coincides with it.
//
// en: Each time, sleepers that are due come first: even a P that is never idle must let them go.
#include "ch1_entry/entry.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/inside.hpp"
#include "ch5_spinning/spinning.hpp"
#include "ch7_time/time.hpp"
#include "observe/fatal.hpp"
#include "os/clock.hpp"

namespace newproc::rt {
namespace {

/// zh: 不必去找就有的 G：每 61 次看一眼全局队列，再看本地队列；没有则空。
/// en: A G that can be had without searching: every 61st time the global queue is looked at, then
///     the local one. None if there is none.
found_g at_hand(M* m) {
  P* p = m->p;
  p->owner.held();
  if (p->schedtick % global_tick == 0 && globrunqsize() > 0) {
    const sched_lock_guard hold(sched.lock);
    if (G* g = globrunqget(p, 1)) return {g, false};
  }
  const auto [g, inheritTime] = runqget(p);
  return {g, inheritTime};
}

}  // namespace

// [schedule]
void schedule() {
  M* m = getg()->m;
  INVARIANT(m->locks == 0, "schedule: holding locks");
  while (!sched.ending.load(order::relaxed) && !m->exiting) {
    if (G* mine = m->lockedg) [[unlikely]] {
      if (stoplockedm()) execute(mine, false);
      continue;
    }
    {
      P* p = m->p;
      p->owner.held();
      INVARIANT(!m->spinning || runqempty(p), "schedule: spinning with local work");
      checktimers(p);
    }
    found_g next = at_hand(m);
    if (next.g == nullptr) next = findrunnable();
    if (next.g == nullptr) return;
    if (m->spinning) resetspinning();
    if (next.g->lockedm != nullptr) [[unlikely]] {
      startlockedm(next.g);
      if (m->p == nullptr) return;  // zh: 世界结束 en: the world's end
      continue;
    }
    execute(next.g, next.inheritTime);
  }
}
// [schedule]

// [execute]
namespace {

/// zh: 轮到 @p g：给 P 记一次，g 成为 @p m 的 Grunning；还没有换栈。
/// en: It is @p g's turn: counted on the P, g becomes @p m's and Grunning; no stack is switched
///     yet.
void begin_turn(M* m, G* g) {
  P* p = m->p;
  // zh: Go 在继承时间片时不加：靠 sysmon 打断一条走不完的 runnext 链。它第 8 章才来，在那之前每次都
  //     加。
  // en: Go does not count a run that inherits its time slice: sysmon breaks an endless chain of
  //     runnexts. It comes with chapter 8; until then every run counts.
  ++p->schedtick;
  m->found_work = true;
  linkg(m, g);
}

}  // namespace

void execute(G* g, bool) {
  begin_turn(getg()->m, g);
  gogo(g);
}
// [execute]

// [successor]
// zh: 到点的睡眠者归 g0：放行他们要拿别的锁，而 g 停下的时候自己也许握着一把。
// en: Sleepers that are due are g0's business: to let them go on takes locks, and g, if it parks, may
//     hold one itself.
G* successor(const G* g) {
  M* m = g->m;
  if (sched.ending.load(order::relaxed) || m->lockedg != nullptr) return nullptr;
  if (const std::int64_t due = next_timer(); due != 0 && due <= os::nanotime()) return nullptr;
  INVARIANT(m->locks == 0, "successor: the goroutine leaves with the M's preemption off");
  G* next = at_hand(m).g;
  if (next == nullptr) return nullptr;
  if (next->lockedm != nullptr) [[unlikely]] {
    // zh: 要把 P 交给它的 M，那是 schedule 的事 en: its M must get our P: that is schedule's business
    P* p = m->p;
    p->owner.held();
    runqput(p, next, true);
    return nullptr;
  }
  begin_turn(m, next);
  return next;
}
// [successor]

}  // namespace newproc::rt
