// zh: 找活，直到找到；找不到就睡。文档「Worker 线程 parking/unparking」的五条规则在这里落地。
//
// zh: 睡下之前的次序是全书最要紧的一处。正在退休的 M：先把 P 放进空闲表，再从自旋者里除名，
//     再立屏障，然后把所有队列再看一遍。交活的人：先把 G 放进队列，再立屏障，然后看计数。
//     两人都先写后读，读的正是对方写的；有了两道屏障，至少一人看得见另一人。
//     次序一换（先看再减），或少一道屏障，就会有一个 G 留在队列里，一个核空着，谁也不再看一眼。
//
// zh: 比文档（Go 1.13）新的地方：复查看到活的 M 一定重新自旋，才偷得到它；1.13 里没在自旋的 M 看得
//     见活却偷不得，原地打转（Go issue 43997）。叫人的找不到空闲的 P，就记下 needspinning，让下一个
//     要放下 P 的 M 改为自旋。Go 1.17 让没自旋的 M 不再复查，才少不了它（issue 45867）；这里人人复查，它
//     只省一次放下又拿起。全局队列和睡眠者也复查。
//
// en: Looking for work until it is found, and else sleeping. The document's five rules of parking
//     and unparking come to earth here.
//
// en: The order before sleep is the most important passage of the book. A retiring M first puts its
//     P on the idle list, then takes itself off the count of spinners, then raises a barrier, then
//     looks into every queue again. A submitter first puts its G on a queue, then raises a barrier,
//     then looks at the count. Both write first and read second, and each reads what the other
//     writes; with the two barriers at least one sees the other. Swap the order (look, then
//     decrement) or leave out a barrier, and a G stays queued, a core stays idle, and nobody looks
//     again.
//
// en: Newer than the document (Go 1.13): an M whose re-check finds work always spins again, so that
//     it may steal it; in 1.13 one that had not spun could see the work but not steal it and ran in
//     circles (Go issue 43997). Whoever wants to wake somebody but finds no idle P notes
//     needspinning, and the next M about to let go of its P spins instead. Go needs that since 1.17,
//     where Ms that do not spin no longer re-check (issue 45867); here all do, and it only saves
//     letting go of a P to take it up again. The global queue and the sleepers are re-checked too.
#include "ch2_goroutine/goroutine.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "ch3_runqueue/steal_order.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"
#include "ch7_time/time.hpp"
#include "ch9_netpoll/netpoll.hpp"
#include "fatal.hpp"
#include "os/clock.hpp"

namespace newproc::rt {
namespace {

/// zh: 第 @p i 个 P；不必握着它。 en: The P with index @p i; one need not own it.
P* p_at(std::uint32_t i) { return &sched.allp[i]; }

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
      P* victim = p_at(walk.position());
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

// [retire]
/// zh: 已经放下 P、立过屏障，睡下之前再看一遍。有活而又有空闲的 P，就取来返回；否则 nullptr。
/// en: With the P let go and the barrier raised: one more look before sleeping. Where there is work
///     and an idle P, takes and returns that P; else nullptr.
P* recheck() {
  if (!workqueued()) return nullptr;
  const sched_lock_guard hold(sched.lock);
  return pidlegetSpinning();  // zh: 没有空闲的 P 也好：人人都在忙 en: no idle P is fine: all are busy
}

}  // namespace

bool retire(M* m) {
  P* p = m->p;
  p->owner.held();
  {
    const sched_lock_guard hold(sched.lock);
    if (globrunqsize() != 0) return true;
    if (!m->spinning && sched.needspinning.load(order::relaxed) != 0) {
      becomeSpinning(m);
      return true;
    }
    releasep();
    pidleput(p);
  }
  if (m->spinning) {
    m->spinning = false;
    const auto before = sched.nmspinning.fetch_sub(1, order::seq_cst);
    THROW_UNLESS(before > 0, "findrunnable: negative nmspinning");
  }
  // zh: 两道屏障之一：P 已空闲、计数已减，先于下面每一次读。没有自旋的 M 也要复查：它放下的 P，可能
  //     是别人刚退休时留下、还没来得及算数的那一个，交活的人于是两样都没看见。
  // en: One of the two barriers: that the P is idle and the count lower comes before every read
  //     below. An M that did not spin must re-check too: the P it lets go of may be one that
  //     another had just retired from and not yet accounted for, so that a submitter saw neither.
  os::fence(order::seq_cst);
  P* again = recheck();
  if (again == nullptr) return false;
  acquirep(again);
  becomeSpinning(m);
  return true;
}
// [retire]

namespace {

/// zh: 没有活，也没有 P。若有人睡到某个时刻，就由一个 M 替大家守着钟（顺手照管闲着的栈）；其余的真正
///     睡下。返回时也许仍没有 P。
/// en: No work and no P. If somebody sleeps until some time, one M watches the clock for all (and sees
///     to idle stacks on the side); the others sleep for good. May return without a P still.
void rest() {
  const std::int64_t until = next_timer();
  if (until != 0 && sched.lastpoll.exchange(0, order::seq_cst) != 0) {
    stack_trimmer trimmer;
    const bool earlier = trimmer.due() != 0 && trimmer.due() < until;
    const std::int64_t wake = earlier ? trimmer.due() : until;
    sched.pollUntil.store(wake, order::seq_cst);
    netpoll(wake);
    sched.pollUntil.store(0, order::seq_cst);
    sched.lastpoll.store(os::nanotime(), order::seq_cst);
    if (earlier && os::nanotime() >= wake) trimmer.trim();
    P* p = nullptr;
    {
      const sched_lock_guard hold(sched.lock);
      p = pidleget();
    }
    if (p != nullptr) return acquirep(p);
  } else if (until != 0) {
    const std::int64_t polling_until = sched.pollUntil.load(order::seq_cst);
    if (polling_until == 0 || polling_until > until) netpollBreak();
  }
  stopm();
}

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
    while (static_cast<P*>(m->p) == nullptr && !sched.ending.load(order::relaxed)) rest();
  }
  return {};
}
// [findrunnable]

}  // namespace newproc::rt
