// zh: 第 6 章的接缝：goroutine 怎样停下、怎样被放行；同步类型（sync/）站在上面的信号量和通知表。通道和
//     select 的接缝是公开的 newproc/detail/hchan.hpp。
// en: Chapter 6's seam: how a goroutine parks and is let go on; the semaphore and the notify list on which
//     the sync types (sync/) stand. The seam of channels and select is the public newproc/detail/hchan.hpp.
#pragma once

#include "model/current.hpp"  // IWYU pragma: export
#include "newproc/detail/hchan.hpp"
#include "newproc/detail/sema.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

/// zh: 当前的 goroutine；不在 goroutine 上则是致命错误，报出 @p caller。
/// en: The current goroutine; fatal, naming @p caller, if there is none.
inline G* goroutine(const char* caller) {
  G* g = getg();
  if (g == nullptr || g == &g->m->g0) [[unlikely]]
    fatal_outside(caller);
  return g;
}

// [cas]
/// zh: @p at 若是 @p expected，就改成 @p desired；不是，就把 expected 改成它，返回假。只给握着 P 的 M：只有一个 P 就
///     没有别人，普通的读写便够。
/// en: Changes @p at to @p desired if it is @p expected; if not, sets expected to what it is and returns false.
///     For Ms with a P only: where there is one P there are no others, and plain loads and stores do.
template <class T>
[[gnu::always_inline]] inline bool cas(word<T>& at, T& expected, T desired, order o) {
  if (!sched.one_p) return at.compare_exchange_strong(expected, desired, o, order::relaxed);
  const T now = at.load(order::relaxed);
  const bool same = now == expected;
  if (same)
    at.store(desired, order::relaxed);
  else
    expected = now;
  return same;
}

/// zh: 同上：@p at 加上 @p n，返回原来的。 en: Likewise: adds @p n to @p at and returns what it was.
template <class T>
[[gnu::always_inline]] inline T add(word<T>& at, T n, order o) {
  if (!sched.one_p) return at.fetch_add(n, o);
  const T before = at.load(order::relaxed);
  at.store(static_cast<T>(before + n), order::relaxed);
  return before;
}
// [cas]

/// zh: 当前的 G @p g 停下，写上 @p reason（Go 的用词）：从此是 Gwaiting，与 M 分了手，可是还站在自己的栈上。
///     返回接着去哪个栈：不必去找就轮到的 G，否则 g0。调用者随即用 gogo_direct 换过去，在那一边才放锁：从那一刻
///     起，谁都可以 goready 它。
/// en: The current G @p g parks, with @p reason in Go's words: it is Gwaiting now and parted from its M, yet
///     still stands on its stack. Returns which stack to go to: that of the G whose turn it is without
///     searching, else g0's. The caller switches there at once by gogo_direct, and only on that side releases
///     the lock: from then on anybody may goready it.
/// Go: proc.go, gopark
/// @pre zh: g 要等的事由一把锁管着，锁在手里；没有关抢占。
///      en: what g waits for is under a lock, which is held; preemption is not off.
G* gopark(G* g, const char* reason);

/// zh: 停着的 @p g 可以跑了：进当前 P 的 runnext，必要时叫人。
/// en: The parked @p g may run: goes to the current P's runnext, and an M is woken if need be.
/// Go: proc.go, goready
/// @pre zh: 当前 M 握有 P，没有握着锁；g 不再挂在任何地方。
///      en: the current M has a P and holds no lock; nothing refers to g any more.
void goready(G* g);

/// zh: 拿一个，没有就停下等，@p reason 是停着的原因；@p front：排到最前面。
/// en: Takes one, parks while there is none, with @p reason; @p front: in front of all others.
/// Go: sema.go, semacquire1
void semacquire(sema& s, const char* reason, bool front = false);

/// zh: 有就拿一个；不等。 en: Takes one if there is one; does not wait.
/// Go: sema.go, cansemacquire
bool cansemacquire(sema& s);

/// zh: 还一个。有人等着，就给等得最久的，并放行他；@p handoff：让他先跑，我们随后。此后不再碰 @p s：它也许已经析
///     构了。
/// en: Gives one back. If some wait it goes to the one that has waited longest, which is let go on; with
///     @p handoff it runs first and we after it. @p s is not touched any more then: it may be gone.
/// Go: sema.go, semrelease1
void semrelease(sema& s, bool handoff = false);

/// zh: @p s 里等着的是这一次运行的吗？不是，就是上一次留下的，都已不在了。
/// en: Are those that wait on @p s of this run? If not they are left from a former one, and all gone.
inline bool semafresh(const sema& s) {
  // zh: 与 semarenew 的 release 配对 en: pairs with the release in semarenew
  return s.run.load(order::acquire) == sched.run;
}

/// zh: @p s 若是上一次运行留下的，忘掉等着的；给了他们而他们没有醒来的，又可以拿了。有 @p forget：先叫一次
///     forget(@p object)，拿着 s 的锁；然后一个可拿的也不剩。
/// en: If @p s is left from a former run, forgets who waits; what was given to those and found them not awake is to
///     be had again. With @p forget: calls forget(@p object) once before that, under the lock of s, and none is
///     left to be had afterwards.
void semarenew(sema& s, void (*forget)(void*) = nullptr, void* object = nullptr);

/// zh: 自旋等第 @p i 轮值得吗：别的 P 在跑，自己的队列空着。
/// en: Is a round @p i of spinning worth it: another P runs, and our own queue is empty?
/// Go: proc.go, sync_runtime_canSpin
bool canspin(int i);
/// zh: 自旋一轮。 en: One round of spinning.
void dospin();

/// zh: 领一个号；要在放开保护条件的锁之前。
/// en: Draws a ticket; before the lock that guards the condition is released.
/// Go: sema.go, notifyListAdd
std::uint32_t notifyListAdd(notifyList& l);
/// zh: 等到 @p ticket 被叫到；已经叫过则立即返回。
/// en: Waits until @p ticket is called; returns at once if it has been.
/// Go: sema.go, notifyListWait
void notifyListWait(notifyList& l, std::uint32_t ticket);
/// zh: 叫下一个号；没有人领过就什么也不做。
/// en: Calls the next ticket; does nothing if none has been drawn.
/// Go: sema.go, notifyListNotifyOne
void notifyListNotifyOne(notifyList& l);
/// zh: 领过的号全叫。 en: Calls all tickets that have been drawn.
/// Go: sema.go, notifyListNotifyAll
void notifyListNotifyAll(notifyList& l);

/// zh: 不等，往 @p c 发 @p elem；不必是 goroutine，只须握着 P：时钟用它。关了就是 closed，不抛出。
/// en: Sends @p elem to @p c without waiting; need not be a goroutine but must hold a P: for the clock. On a
///     closed channel it is closed, and nothing is thrown.
/// Go: chan.go, selectnbsend
chan_op selectnbsend(hchan* c, void* elem);

/// zh: 一次运行结束，别的线程都已离开：通道里不再有等着的，sudog 都还掉。
/// en: A run has ended and the other threads have left: none waits in a channel any more, all sudogs are
///     given back.
void parkingend();

}  // namespace newproc::rt
