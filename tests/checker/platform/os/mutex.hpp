// zh: 模拟的锁：上锁是一步，放锁不是调度点。真锁怎样做到这一点，是它自己的事。
// en: The simulated lock: locking is one step, unlocking no scheduling point. How the real lock
//     achieves that is its own affair.
#pragma once

#include "os/atomic.hpp"
#include "platform/annotations.hpp"

namespace newproc::os {

class CAPABILITY("mutex") mutex {
 public:
  mutex() = default;
  mutex(const mutex&) = delete;
  mutex& operator=(const mutex&) = delete;

  void lock(checker::site where = checker::site::current()) ACQUIRE() NO_THREAD_SAFETY_ANALYSIS {
    checker::the_simulator.lock(state_, where);
  }
  void unlock(checker::site where = checker::site::current()) RELEASE() NO_THREAD_SAFETY_ANALYSIS {
    checker::the_simulator.unlock(state_, where);
  }

 private:
  checker::lock_state state_;
};

class SCOPED_CAPABILITY lock_guard {
 public:
  explicit lock_guard(mutex& m, checker::site where = checker::site::current()) ACQUIRE(m)
      : mutex_(m) {
    mutex_.lock(where);
  }
  ~lock_guard() RELEASE() { mutex_.unlock(); }
  lock_guard(const lock_guard&) = delete;
  lock_guard& operator=(const lock_guard&) = delete;

 private:
  mutex& mutex_;
};

}  // namespace newproc::os
