// zh: 认出线程：跑过的线程的集合，和新线程会继承的记号。
// en: Telling threads apart: the set of those that ran, and a mark that a new thread inherits.
#pragma once

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <mutex>
#include <set>

namespace newproc::test {

class thread_set {
 public:
  void add() {
    const std::lock_guard hold(lock_);
    all_.insert(::gettid());
  }
  bool contains(pid_t thread) {
    const std::lock_guard hold(lock_);
    return all_.contains(thread);
  }
  std::size_t size() {
    const std::lock_guard hold(lock_);
    return all_.size();
  }

 private:
  std::mutex lock_;
  std::set<pid_t> all_;
};

inline bool usr1_is_blocked() {
  sigset_t mask;
  ::pthread_sigmask(SIG_BLOCK, nullptr, &mask);
  return sigismember(&mask, SIGUSR1) != 0;
}

// zh: 线程状态的记号：新线程从父线程继承信号掩码。
// en: A mark on the thread: a new thread inherits its parent's signal mask.
inline void taint_this_thread() {
  sigset_t mask;
  sigemptyset(&mask);
  sigaddset(&mask, SIGUSR1);
  ::pthread_sigmask(SIG_BLOCK, &mask, nullptr);
}

inline void clean_this_thread() {
  sigset_t mask;
  sigemptyset(&mask);
  sigaddset(&mask, SIGUSR1);
  ::pthread_sigmask(SIG_UNBLOCK, &mask, nullptr);
}

}  // namespace newproc::test
