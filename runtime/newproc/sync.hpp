// zh: 公开接口：锁、条件变量、等一组、只做一次、信号量。等着的是 goroutine，线程照样跑别的。
// en: The public interface: locks, condition variables, waiting for a group, doing once, semaphores. What
//     waits is a goroutine; its thread goes on with others.
//
// zh: 每一个都可以在它放行的最后一次调用返回之后立刻析构，哪怕放行的那次调用自己还没有返回。一次 run 结束时还
//     等着的，不会留到下一次。
// en: Each may be destroyed as soon as the last call that it let go on has returned, even though the call
//     that let it go on has not returned itself. What still waits when a run ends is gone in the next one.
#pragma once

#include <concepts>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>

#include "newproc/detail/closure.hpp"
#include "newproc/detail/sema.hpp"
#include "newproc/go.hpp"

namespace newproc {

/// zh: 互斥锁（Lockable）。平常先到先得，也许被后来的抢先；等了超过一毫秒，就按次序直接交给等得最久的。
/// en: A mutex (Lockable). As a rule those that wait may be overtaken by newcomers; when one has waited for
///     more than a millisecond it is handed straight to whoever has waited longest.
/// @snippet tests/newproc/examples_test.cpp mutex
class mutex {
 public:
  mutex() = default;
  mutex(const mutex&) = delete;
  mutex& operator=(const mutex&) = delete;

  void lock();
  [[nodiscard]] bool try_lock();
  /// zh: 谁都可以放，不必是拿的那个 goroutine。没有锁着则是致命错误：sync: unlock of unlocked mutex。
  /// en: Any goroutine may unlock, not only the one that locked. Fatal unless locked: sync: unlock of
  ///     unlocked mutex.
  void unlock();

 private:
  void lock_slow();
  void unlock_slow();

  // zh: 位的意思见 sync/mutex.cpp en: what its bits mean is in sync/mutex.cpp
  rt::word<std::uint32_t> state_{0};
  rt::sema sema_;
};

/// zh: 读写锁（SharedLockable）。有写者等着，新来的读者就排在他后面。
/// en: A reader-writer lock (SharedLockable). While a writer waits, new readers queue behind it.
/// @snippet tests/newproc/examples_test.cpp rw_mutex
class rw_mutex {
 public:
  rw_mutex() = default;
  rw_mutex(const rw_mutex&) = delete;
  rw_mutex& operator=(const rw_mutex&) = delete;

  void lock();
  [[nodiscard]] bool try_lock();
  /// zh: 没有写者握着则是致命错误：sync: Unlock of unlocked RWMutex。
  /// en: Fatal unless a writer holds it: sync: Unlock of unlocked RWMutex.
  void unlock();
  void lock_shared();
  [[nodiscard]] bool try_lock_shared();
  /// zh: 没有读者握着则是致命错误：sync: RUnlock of unlocked RWMutex。
  /// en: Fatal unless a reader holds it: sync: RUnlock of unlocked RWMutex.
  void unlock_shared();

 private:
  void renew();

  // zh: 位的意思见 sync/rw_mutex.cpp en: what its bits mean is in sync/rw_mutex.cpp
  rt::word<std::uint64_t> state_{0};
  rt::sema readers_, writers_;
};

/// zh: 条件变量。signal 叫醒等得最久的一个，broadcast 叫醒此刻等着的全部；后来的抢不走。
/// en: A condition variable. signal wakes the one that has waited longest, broadcast all that wait at that
///     moment; those that come later can't take it from them.
/// @snippet tests/newproc/examples_test.cpp cond
class cond {
 public:
  cond() = default;
  cond(const cond&) = delete;
  cond& operator=(const cond&) = delete;

  /// zh: 放开 @p lock，等到被叫醒，再拿回来。 en: Unlocks @p lock, waits to be woken, locks it again.
  void wait(std::unique_lock<mutex>& lock);
  /// zh: 等到 @p predicate() 为真。 en: Waits until @p predicate() is true.
  template <std::predicate P>
  void wait(std::unique_lock<mutex>& lock, P predicate) {
    while (!predicate()) wait(lock);
  }
  void signal();
  void broadcast();

 private:
  rt::notifyList notify_;
};

/// zh: 等一组 goroutine。 en: Waits for a group of goroutines.
/// @snippet tests/newproc/examples_test.cpp wait_group
class wait_group {
 public:
  wait_group() = default;
  wait_group(const wait_group&) = delete;
  wait_group& operator=(const wait_group&) = delete;

  /// zh: 计数加上 @p delta；到零就放行等着的。变成负数则 panic：sync: negative WaitGroup counter。
  /// en: Adds @p delta to the counter; at zero those that wait go on. Panics if it becomes negative: sync:
  ///     negative WaitGroup counter.
  void add(int delta);
  void done() { add(-1); }
  /// zh: 等到计数为零。 en: Waits until the counter is zero.
  void wait();

  /// zh: 加一，让 @p f 在新的 goroutine 里跑，跑完减一；用 goexit 离开也算跑完，抛出异常则是 panic。减一之前，
  ///     f 已经析构。
  /// en: Adds one, runs @p f in a goroutine of its own, then takes one off; to leave by goexit is to be done,
  ///     to throw is a panic. f has been destroyed before one is taken off.
  template <std::invocable F>
  [[gnu::always_inline]] void go(F f) {
    if (rt::is_nil(f)) rt::go_of_nil();
    add(1);
    try {
      newproc::go([this, f = std::optional<F>(std::move(f))]() mutable { run(f); });
    } catch (...) {
      done();
      throw;
    }
  }

 private:
  template <class F>
  void run(std::optional<F>& f) {
    try {
      std::invoke(std::move(*f));
    } catch (...) {
      if (!rt::left_by_goexit()) throw;
      f.reset();
      done();
      throw;
    }
    f.reset();
    done();
  }

  // zh: 高 32 位是计数，低 32 位是几个在等 en: the upper 32 bits count, the lower 32 say how many wait
  rt::word<std::uint64_t> state_{0};
  rt::sema sema_;
};

/// zh: 只做一次。 en: Does something once.
/// @snippet tests/newproc/examples_test.cpp once
class once {
 public:
  once() = default;
  once(const once&) = delete;
  once& operator=(const once&) = delete;

  /// zh: 第一个来的跑 @p f，同时来的等它跑完。f 抛出异常或用 goexit 离开，也算做过了。在 f 里再叫同一个，就是死
  ///     锁。
  /// en: The first to come runs @p f, those that come meanwhile wait until it is done. If f throws, or leaves
  ///     by goexit, it counts as done. To call the same one within f is a deadlock.
  template <std::invocable F>
  void call(F&& f) {
    if (!begin()) return;
    const struct whatever_happens {
      once* o;
      ~whatever_happens() { o->end(); }
    } after{this};
    std::invoke(std::forward<F>(f));
  }

 private:
  bool begin();
  void end();

  // zh: 值的意思见 sync/once.cpp en: what its values mean is in sync/once.cpp
  rt::word<std::uint32_t> state_{0};
  rt::sema sema_;
};

/// zh: 计数的信号量，先来先得。 en: A counting semaphore, first come first served.
/// @snippet tests/newproc/examples_test.cpp semaphore
class semaphore {
 public:
  /// zh: 起先有 @p n 个可拿，不可为负。 en: @p n are to be had at first, not below zero.
  explicit semaphore(int n);
  semaphore(const semaphore&) = delete;
  semaphore& operator=(const semaphore&) = delete;

  /// zh: 拿一个，没有就等。 en: Takes one, waits if there is none.
  void acquire();
  [[nodiscard]] bool try_acquire();
  /// zh: 还一个；有人等着，就直接给等得最久的。
  /// en: Gives one back; if some wait, straight to the one that has waited longest.
  void release();

 private:
  rt::sema sema_;
};

}  // namespace newproc
