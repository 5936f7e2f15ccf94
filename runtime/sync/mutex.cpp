// zh: 互斥锁。
//
// zh: 平常，锁一放开谁都可以拿：刚醒来的和正好跑到这里的一起争。正在跑的多半赢，不必为它换栈，所以快；可是醒来的也许
//     总是输。谁等了超过一毫秒，锁就换成另一种做法：放的人把锁直接交给排头，新来的一律到队尾去，不争也不自旋。最后一个
//     等着的拿到了，或者拿到的人没有等那么久，就换回来。
//
// zh: state 的位：locked，有人握着；woken，有一个醒着的正要来拿，放的人不必再叫醒一个；starving，上面说的另一种做法，
//     交接途中 locked 是 0，锁仍不是空着的；其余的位数着几个在等。
//
// zh: 放锁是一次读改写：放开，连同认下要叫醒的那一个。放开之后，除非有这样的一个还等在里面，不再碰这把锁：拿到的人也许
//     已经析构了它。Go 先放开，再看要不要叫人。
//
// zh: 没有采用的设计：总是交给排头（一放一拿之间必换栈，争得多时慢几倍）；总是谁都可以拿（等着的会饿死）。
//
// en: The mutex.
//
// en: As a rule whoever comes may take it when it is released: those that have just woken, and those that happen
//     to run by. The running one mostly wins, no stacks are switched for it, and that is fast; but the woken one
//     may always lose. Once one has waited for more than a millisecond the lock goes over to another way: who
//     releases hands it straight to the head of the queue, newcomers queue at the end, and neither compete nor
//     spin. When the last that waits has got it, or one that has not waited that long, it goes back.
//
// en: The bits of state. locked: it is held. woken: one is awake and about to take it, so that who releases need
//     not wake another. starving: the other way, just told; while the lock is being handed over locked is 0, and
//     yet it is not free. The other bits count how many wait.
//
// en: To release is one read-modify-write: it lets go and also claims the one to be woken. After that, unless
//     there is such a one, still waiting inside, the lock is not touched: who got it may have destroyed it. Go
//     releases first and then looks whether one is to be woken.
//
// en: Designs not taken: always hand it to the head (each release and take switches stacks, several times slower
//     under contention); always let whoever comes take it (those that wait may starve).
#include "ch6_parking/parking.hpp"
#include "newproc/sync.hpp"
#include "observe/fatal.hpp"
#include "os/clock.hpp"

namespace newproc {
namespace {

constexpr std::uint32_t locked = 1, woken = 2, starving = 4, one_waiter = 8;

bool some_wait(std::uint32_t state) { return state >= one_waiter; }

/// zh: 上一次运行留下的，除了握着没有，都不算数。 en: What a former run has left counts for nothing, but for being held.
void forget_waiters(rt::word<std::uint32_t>& state, rt::sema& sema) {
  if (rt::semafresh(sema)) return;
  rt::semarenew(
      sema,
      [](void* s) {
        static_cast<rt::word<std::uint32_t>*>(s)->fetch_and(locked, rt::order::relaxed);
      },
      &state);
}

}  // namespace

// [lock]
void mutex::lock() {
  rt::goroutine("mutex::lock");
  std::uint32_t free = 0;
  // zh: 与 unlock 的 release 配对 en: pairs with the release in unlock
  if (!rt::cas(state_, free, locked, rt::order::acquire)) lock_slow();
}

bool mutex::try_lock() {
  rt::goroutine("mutex::try_lock");
  std::uint32_t state = state_.load(rt::order::relaxed);
  if (state != 0) {
    forget_waiters(state_, sema_);
    state = state_.load(rt::order::relaxed);
  }
  // zh: 与 unlock 的 release 配对 en: pairs with the release in unlock
  return (state & (locked | starving)) == 0 &&
         rt::cas(state_, state, state | locked, rt::order::acquire);
}
// [lock]

// [lock_slow]
void mutex::lock_slow() {
  forget_waiters(state_, sema_);
  std::int64_t since = 0;  // zh: 从几时起在等；零：还没等过 en: since when it waits; zero: it has not yet
  bool hungry = false;     // zh: 等了太久 en: it has waited too long
  bool awoke = false;      // zh: woken 是为我们立的 en: woken stands for us
  int spins = 0;
  std::uint32_t old = state_.load(rt::order::relaxed);
  for (;;) {
    // [spin]
    if ((old & (locked | starving)) == locked && rt::canspin(spins)) {
      // zh: 自旋的也算醒着，放的人就不必再叫一个 en: one that spins is awake too: no need to wake another
      if (!awoke && (old & woken) == 0 && some_wait(old))
        awoke = rt::cas(state_, old, old | woken, rt::order::relaxed);
      rt::dospin();
      ++spins;
      old = state_.load(rt::order::relaxed);
      continue;
    }
    // [spin]
    const bool must_wait = (old & (locked | starving)) != 0;
    std::uint32_t next = old;
    if ((old & starving) == 0) next |= locked;
    if (must_wait) next += one_waiter;
    if (hungry && (old & locked) != 0) next |= starving;
    if (awoke) {
      THROW_UNLESS((next & woken) != 0, "sync: inconsistent mutex state");
      next &= ~woken;
    }
    // zh: 与 unlock 和 unlock_slow 的 release 配对 en: pairs with the release in unlock, and that in unlock_slow
    if (!rt::cas(state_, old, next, rt::order::acquire)) continue;
    if (!must_wait) return;

    const bool again = since != 0;
    if (!again) since = os::nanotime();
    rt::semacquire(sema_, "sync.Mutex.Lock", again);
    hungry = hungry || os::nanotime() - since > rt::starvation_ns;
    old = state_.load(rt::order::relaxed);
    // [handed]
    if ((old & starving) != 0) {
      // zh: 它已是我们的：放的人经信号量交来，放之前所做的都看得见 en: it is ours: who released it has handed it over by the semaphore, and all that it did before is seen
      THROW_UNLESS((old & (locked | woken)) == 0 && some_wait(old), "sync: inconsistent mutex state");
      const bool stop = !hungry || old < 2 * one_waiter;
      state_.fetch_add(locked - one_waiter - (stop ? starving : 0), rt::order::relaxed);
      return;
    }
    // [handed]
    awoke = true;
    spins = 0;
  }
}
// [lock_slow]

// [unlock]
void mutex::unlock() {
  rt::goroutine("mutex::unlock");
  std::uint32_t held = locked;
  // zh: 与 lock、try_lock 和 lock_slow 的 acquire 配对 en: pairs with the acquire in lock, that in try_lock and that in lock_slow
  if (!rt::cas(state_, held, std::uint32_t{0}, rt::order::release)) unlock_slow();
}

void mutex::unlock_slow() {
  forget_waiters(state_, sema_);
  std::uint32_t old = state_.load(rt::order::relaxed);
  for (;;) {
    if ((old & locked) == 0) rt::fatal("sync: unlock of unlocked mutex");
    const bool handoff = (old & starving) != 0;
    const bool wake = some_wait(old) && (old & (woken | starving)) == 0;
    const std::uint32_t next = wake ? (old - locked - one_waiter) | woken : old - locked;
    // zh: 与 lock_slow 的 acquire 配对 en: pairs with the acquire in lock_slow
    if (!rt::cas(state_, old, next, rt::order::release)) continue;
    if (handoff || wake) rt::semrelease(sema_, handoff);
    return;
  }
}
// [unlock]

}  // namespace newproc
