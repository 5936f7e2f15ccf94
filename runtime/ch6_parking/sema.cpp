// zh: 信号量：拿一个，没有就停下等；还一个，有人等就直接给他。
//
// zh: 难处是两边都要看对方：拿的人登记之前要再看一眼有没有，还的人还了之后要看一眼有没有人等。若“还有几个”和“有没
//     有人等”是两个字，就是第 5 章的那个样子：各自先写后读，读的正是对方写的，少一道屏障就两样都没看见，一个永远等下
//     去。Go 是这样的两个字，靠两边的 seq_cst。这里把两样放进同一个字：登记和拿是同一次读改写里的二选一，还和看也是。
//
// zh: 不变式，拿着锁时：value 的最高位是 1  <=>  queue 不空；那时其余的位是零。所以
//       还：最高位是 0，加一就走，锁也不要；是 1，拿锁，给排头。
//       拿：最高位是 0、其余不是零，减一就走；否则拿锁，再看一次，排队。
//
// zh: 还一个只有两种走法：改了那个字就走，或者放行一个还等在里面的人。此后不再碰这个对象：等到的人也许马上就析构它。
//     所以锁和停着的人都不放在对象里：锁在下面的表里，按地址找；几个对象共用一把也无妨，握得都很短。
//
// zh: 没有采用的设计：Go 的树（地址找到等着的人；我们的队就在对象里，不必找）；还的时候先加一、再叫醒一个去抢（他可能
//     抢不到，得回去再排）。
//
// en: The semaphore: take one, or park and wait; give one back, straight to one that waits if there is any.
//
// en: The difficulty is that both sides must look at the other: who takes has to look once more before it queues,
//     who gives back must look whether some wait. Were "how many are left" and "do some wait" two words, we had
//     chapter 5 again: each side writes first and reads second, and reads what the other writes; with a barrier
//     missing neither sees the other, and one waits for ever. Go has two words and rests on seq_cst on both
//     sides. Here both are in one word: to queue or to take are the two outcomes of one read-modify-write, and
//     so are to give back and to look.
//
// en: Invariant, with the lock held: value's top bit is 1  <=>  queue is not empty; the other bits are zero then.
//     Hence
//       give back: with the top bit 0, add one and go, without the lock; with 1, lock, and give it to the head.
//       take: with the top bit 0 and others set, subtract one and go; else lock, look again, queue.
//
// en: Giving back goes one of two ways: change the word and go, or let go on one that still waits inside. After
//     that the object is not touched: the one that got it may destroy it at once. So the lock is not in the
//     object: it is found by the address in a table below. That some objects share one does no harm, none is
//     held for long.
//
// en: Designs not taken: Go's tree, which finds by the address those that wait (our queue is in the object and
//     need not be found); to add one first and wake one that must then compete for it (it may lose, and queue
//     again).
#include "ch1_entry/switch.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "ch6_parking/inside.hpp"
#include "ch6_parking/parking.hpp"
#include "ch6_parking/waitq.hpp"
#include "observe/fatal.hpp"
#include "os/cpu.hpp"

namespace newproc::rt {
namespace {

constexpr std::uint32_t some_wait = std::uint32_t{1} << 31;

/// zh: 各占一行缓存，免得两把锁互相抢。 en: Each on a cache line of its own, so that two locks don't fight for one.
struct alignas(cache_line) padded_lock {
  p_mutex lock;
};
padded_lock locks[sema_locks];

/// zh: 在落地的那个栈上，放开 @p g 等着的那个的锁。 en: On the stack where we land: releases the lock of what @p g waits for.
void semaparkcommit(G* g) NO_THREAD_SAFETY_ANALYSIS {
  sudog* sg = g->waiting;
  lock_of(sg->elem).unlock();
}

/// zh: 上一次运行留下的等着的人都不在了，给了他们的收回来。要有锁。
/// en: Those left waiting by a former run are gone, and what was given to them is taken back. With the lock.
void forget_former(sema& s) {
  if (s.run.load(order::relaxed) == sched.run) return;
  s.queue.first.store(nullptr, order::relaxed);
  s.queue.last = nullptr;
  const std::uint32_t left = s.value.load(order::relaxed) & ~some_wait;
  s.value.store(left + s.handed.exchange(0, order::relaxed), order::relaxed);
  // zh: 与 semafresh 的 acquire 配对 en: pairs with the acquire in semafresh
  s.run.store(sched.run, order::release);
}

}  // namespace

p_mutex& lock_of(const void* address) {
  return locks[(reinterpret_cast<std::uintptr_t>(address) >> 3) % sema_locks].lock;
}

void semarenew(sema& s, void (*forget)(void*), void* object) NO_THREAD_SAFETY_ANALYSIS {
  p_mutex& lock = lock_of(&s);
  lock.lock();
  if (s.run.load(order::relaxed) != sched.run) {
    if (forget != nullptr) forget(object);
    forget_former(s);
    if (forget != nullptr) s.value.store(0, order::relaxed);
  }
  lock.unlock();
}

// [acquire]
bool cansemacquire(sema& s) {
  std::uint32_t value = s.value.load(order::relaxed);
  while (value != 0 && (value & some_wait) == 0)
    // zh: 与 semrelease 的 release 配对 en: pairs with the release in semrelease
    if (cas(s.value, value, value - 1, order::acquire)) return true;
  return false;
}

namespace {

/// zh: 登记自己要等；有了就不登记，拿走它，返回假。要有锁。
/// en: Says that we are going to wait; if there is one meanwhile, takes it instead and returns false. With the
///     lock.
bool must_wait(sema& s) {
  std::uint32_t value = s.value.load(order::relaxed);
  while (value != some_wait) {
    const bool one = value != 0;
    // zh: 与 semrelease 的 release 配对 en: pairs with the release in semrelease
    if (cas(s.value, value, one ? value - 1 : some_wait, order::acquire)) return !one;
  }
  return true;
}

}  // namespace

void semacquire(sema& s, const char* reason, bool front) NO_THREAD_SAFETY_ANALYSIS {
  if (cansemacquire(s)) return;
  G* g = getg();
  p_mutex& lock = lock_of(&s);
  lock.lock();
  forget_former(s);
  if (!must_wait(s)) {
    lock.unlock();
    return;
  }
  sudog* sg = acquireSudog(g);
  sg->elem = &s;
  g->waiting = sg;
  if (front)
    enqueue_front(s.queue, sg);
  else
    enqueue(s.queue, sg);
  gogo_direct(g, gopark(g, reason), semaparkcommit);
  g->waiting = nullptr;
  sg->elem = nullptr;
  releaseSudog(sg);
  // zh: 没有对手：下一次运行才有人看 en: no partner: it is looked at in the next run only
  add(s.handed, ~std::uint32_t{0}, order::relaxed);
}
// [acquire]

// [release]
void semrelease(sema& s, bool handoff) NO_THREAD_SAFETY_ANALYSIS {
  p_mutex& lock = lock_of(&s);
  sudog* sg = nullptr;
  while (sg == nullptr) {
    std::uint32_t value = s.value.load(order::relaxed);
    while ((value & some_wait) == 0)
      // zh: 与 cansemacquire 和 must_wait 的 acquire 配对 en: pairs with the acquire in cansemacquire, and that in must_wait
      if (cas(s.value, value, value + 1, order::release)) return;
    lock.lock();
    forget_former(s);
    sg = dequeue(s.queue);
    if (sg != nullptr) {
      add(s.handed, std::uint32_t{1}, order::relaxed);
      if (head(s.queue) == nullptr) s.value.store(0, order::relaxed);
    }
    lock.unlock();
  }
  goready(sg->g);
  if (handoff) goyield();
}
// [release]

// [spin]
bool canspin(int i) {
  if (i >= mutex_spins || os::cpus_at_start() == 1) return false;
  const int others = sched.gomaxprocs - sched.npidle.load(order::relaxed) -
                     sched.nmspinning.load(order::relaxed) - 1;
  const P* p = getg()->m->p;
  return others > 0 && runqempty(p);
}

void dospin() {
  for (int i = 0; i < mutex_spin_pauses; ++i) os::spin_pause();
}
// [spin]

}  // namespace newproc::rt
