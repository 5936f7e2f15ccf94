// zh: 计数：各章拿来互相比较的数字，和记着自己被拿了几次的 sched.lock。
// en: Counting: the numbers in which chapters are compared, and a sched.lock that counts how often
//     it was taken.
#pragma once

#include <cstdint>

#include "os/atomic.hpp"
#include "os/mutex.hpp"
#include "platform/annotations.hpp"

namespace newproc::rt {

using os::order;

/// zh: 主人独写、人人可读的计数器：不用读改写，一次普通的加。
/// en: A counter which its owner alone writes and anybody reads: no read-modify-write, a plain add.
class counter {
 public:
  /// zh: 只许主人调用。 en: The owner alone may call.
  void add(std::uint64_t n = 1) { value_.store(value_.load(order::relaxed) + n, order::relaxed); }
  /// zh: 谁都可以问；读到的可能旧一点。 en: Anybody may ask; the answer may be a little old.
  [[nodiscard]] std::uint64_t get() const { return value_.load(order::relaxed); }

 private:
  os::tally<std::uint64_t> value_{0};
};

/// zh: 加一。也只有主人写，但别人依它做决定：所以要写明内存序，检查器也在这里换线程。
/// en: Adds one. Only the owner writes it, but others act on its value; so the memory order is
///     explicit, and for the checker this is a scheduling point.
inline void add_one(os::atomic<std::uint64_t>& count, order o) {
  count.store(count.load(order::relaxed) + 1, o);
}

/// zh: sched.lock 记着自己被拿了几次，好让各章比较。
/// en: sched.lock counts how often it was taken, so that chapters can be compared.
class CAPABILITY("mutex") counted_mutex {
 public:
  /// zh: 拿到之后才记一次，所以计数只有持锁者写。总是内联：yield 只拿这一次锁。
  /// en: Counts once it has the lock: its holder alone writes. Always inline: a yield takes this
  ///     lock and no other.
  [[gnu::always_inline]] void lock() ACQUIRE() {
    mutex_.lock();
    taken_.add();
  }
  /// zh: 放锁的是拿锁的线程，但未必在同一个栈上（见 yield）。
  /// en: Released by the thread that took it, though maybe on another stack (see yield).
  void unlock() RELEASE() { mutex_.unlock(); }
  /// zh: 本次运行里被拿了几次。 en: How often it was taken in this run.
  [[nodiscard]] std::uint64_t taken() const { return taken_.get(); }

 private:
  os::mutex mutex_;
  counter taken_;
};

/// zh: 在一个作用域里握着 sched.lock；其间不许换栈。
/// en: Holds sched.lock for a scope, in which stacks must not be switched.
class SCOPED_CAPABILITY sched_lock_guard {
 public:
  explicit sched_lock_guard(counted_mutex& m) ACQUIRE(m) : mutex_(m) { mutex_.lock(); }
  ~sched_lock_guard() RELEASE() { mutex_.unlock(); }
  sched_lock_guard(const sched_lock_guard&) = delete;
  sched_lock_guard& operator=(const sched_lock_guard&) = delete;

 private:
  counted_mutex& mutex_;
};

struct M;

/// zh: 各章要比较的数字。 en: The numbers in which the chapters are compared.
struct statistics {
  std::uint64_t threads = 0, runs = 0, wakes = 0, useless_wakes = 0, parks = 0, steals = 0,
                locks = 0;
  statistics& operator+=(const statistics& other);
};

/// zh: @p m 一个的计数：threads 为 1；locks 为 0，那是锁自己记的。
/// en: The counts of @p m alone: threads is 1, locks is 0, for the lock keeps that one itself.
statistics statistics_of(const M& m);

/// zh: 到此刻为止，整个运行的计数。 en: The counts of the whole run so far.
statistics count_all();

}  // namespace newproc::rt
