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
  void add(std::uint64_t n = 1) { value_.store(value_.load(order::relaxed) + n, order::relaxed); }
  [[nodiscard]] std::uint64_t get() const { return value_.load(order::relaxed); }

 private:
  os::tally<std::uint64_t> value_{0};
};

/// zh: sched.lock 记着自己被拿了几次，好让各章比较。
/// en: sched.lock counts how often it was taken, so that chapters can be compared.
class CAPABILITY("mutex") counted_mutex {
 public:
  void lock() ACQUIRE() {
    mutex_.lock();
    taken_.add();
  }
  void unlock() RELEASE() { mutex_.unlock(); }
  [[nodiscard]] std::uint64_t taken() const { return taken_.get(); }

 private:
  os::mutex mutex_;
  counter taken_;
};

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
                stolen = 0, locks = 0;
  statistics& operator+=(const statistics& other);
};
statistics statistics_of(const M& m);

/// zh: 到此刻为止，整个运行的计数。 en: The counts of the whole run so far.
statistics count_all();

}  // namespace newproc::rt
