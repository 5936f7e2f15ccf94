// zh: 运行时自己的锁，睡在 futex 上，不会切换 goroutine。
//
// zh: 加锁要一次 CAS，约 5 ns。解锁通常也要一次：先把锁字写成 0，再看有没有人在等，
//     这又是“先写后读”，中间少不了一道全屏障。这里把那道屏障挪到少有人走的一边：
//     准备睡下的等待者调用 membarrier，替所有线程补上它；解锁于是只是一次普通的写。
//
// zh: 没有采用的设计：std::mutex（解锁也是一次读改写，贵一倍）；纯自旋锁（持锁者被换下 CPU 时，
//     其他人白白烧电）。内核不给 membarrier 时，两边各立一道普通的屏障。换成 seq_cst 的读改写还不够：
//     C++ 允许它后面的 relaxed 读仍读到旧值，这是检查器找到的。
//
// en: The runtime's own lock; it sleeps on a futex and never switches goroutines.
//
// en: Locking takes one CAS, about 5 ns. Unlocking usually takes another: write 0 to the lock word,
//     then look whether a thread waits, again "write first, read second" with a full barrier
//     between. Here the barrier moves to the side that is rarely walked: a waiter which is about to
//     sleep calls membarrier and so supplies it for every thread; unlocking is then a plain store.
//
// en: Designs not taken: std::mutex (its unlock is a read-modify-write too, twice the price); a
//     pure spin lock (when the holder is taken off its CPU, the others burn power for nothing).
//     Where the kernel refuses membarrier, both sides raise an ordinary fence. A seq_cst
//     read-modify-write in its place would not do: C++ lets a relaxed load behind it read old
//     values still; the checker found that.
#pragma once

#include <cstdint>

#include "os/atomic.hpp"
#include "platform/annotations.hpp"

namespace newproc::os {

/// zh: 放锁的人可以省下屏障吗？起先是 false，程序自己的静态初始化里也许仍是；进程开始时改成内核的回
///     答。等待者不看它，自己去问内核：所以放锁的人读到旧的 false，不过是多立一道屏障。
/// en: May an unlocker do without its barrier? False at first, and maybe still in the program's own
///     static initialisers; set to the kernel's answer when the process starts. Waiters don't look
///     at it, they ask for the answer itself: an unlocker that reads the old false raises a barrier
///     too many and no harm is done.
extern tally<bool> asymmetric_barriers;

/// zh: 持锁时不许换栈，除非由落地的一方放（见 yield）。不可重入。
/// en: While holding it stacks must not be switched, unless the lander unlocks (see yield). Not
///     recursive.
class CAPABILITY("mutex") mutex {
 public:
  mutex() = default;
  mutex(const mutex&) = delete;
  mutex& operator=(const mutex&) = delete;

  /// zh: acquire，与 unlock 的 release 配对：看得见前一个持锁者所做的一切。
  /// en: Acquire, pairs with the release in unlock: sees all that the holder before us did.
  void lock() ACQUIRE() {
    std::uint32_t expected = 0;
    if (!locked_.compare_exchange_strong(expected, 1, order::acquire, order::relaxed)) lock_slow();
  }

  /// zh: release，与 lock 的 acquire 配对；屏障与 lock_slow 的配对。只有拿锁的线程可以放。
  /// en: Release, pairs with the acquire in lock; the fence pairs with that of lock_slow. Only the
  ///     thread that locked may unlock.
  void unlock() RELEASE() {
    locked_.store(0, order::release);
    if (asymmetric_barriers.load(order::relaxed)) [[likely]] {
      // zh: 编译器也不许颠倒 en: nor may the compiler swap
      std::atomic_signal_fence(order::seq_cst);
    } else {
      fence(order::seq_cst);
    }
    if (waiters_.load(order::relaxed) != 0) [[unlikely]]
      wake_one();
  }

 private:
  /// zh: 锁被别人握着：先自旋几轮，再睡；拿到才返回。
  /// en: Another thread holds the lock: spins a few rounds, then sleeps; returns with the lock.
  void lock_slow();
  /// zh: 锁已经放开；叫醒一个睡着的，它要和别人再争。
  /// en: The lock is free already; wakes one sleeper, which must compete for it again.
  void wake_one();

  atomic<std::uint32_t> locked_{0};
  atomic<std::uint32_t> waiters_{0};
};

/// zh: 在一个作用域里握着锁。 en: Holds a lock for a scope.
class SCOPED_CAPABILITY lock_guard {
 public:
  explicit lock_guard(mutex& m) ACQUIRE(m) : mutex_(m) { mutex_.lock(); }
  ~lock_guard() RELEASE() { mutex_.unlock(); }
  lock_guard(const lock_guard&) = delete;
  lock_guard& operator=(const lock_guard&) = delete;

 private:
  mutex& mutex_;
};

}  // namespace newproc::os
