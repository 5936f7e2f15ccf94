// zh: 模拟的线程：每个都是一个 M 的纤程。
// en: Simulated threads: each is an M's fibre.
#pragma once

#include <cxxabi.h>

#include "os/atomic.hpp"

namespace newproc::os {

class thread {
 public:
  [[nodiscard]] int start(void (*fn)(void*), void* arg,
                          checker::site where = checker::site::current()) {
    number_ = checker::the_simulator.start_thread(fn, arg, where);
    return 0;
  }
  void join(checker::site where = checker::site::current()) {
    checker::the_simulator.join_thread(number_, where);
  }
  bool try_join(checker::site where = checker::site::current()) {
    return checker::the_simulator.try_join_thread(number_, where);
  }

 private:
  int number_ = checker::nobody;
};

/// zh: 这里没有信号。 en: No signals here.
struct kept_signal_mask {
  kept_signal_mask() {}
  ~kept_signal_mask() {}
};

/// zh: 打盹多久都可能；只说一件事：让别人先走。 en: A nap may last any time: others go first.
inline void nap(std::int64_t, checker::site where = checker::site::current()) {
  checker::the_simulator.give_way("naps", where);
}
inline void thread_yield(checker::site where = checker::site::current()) {
  checker::the_simulator.give_way("yields its CPU", where);
}

inline void* thread_word() { return checker::the_simulator.word(); }
inline void set_thread_word(void* word) { checker::the_simulator.set_word(word); }

struct exception_state {
  void* caught = nullptr;
  unsigned int uncaught = 0;
};

/// zh: 换 M 的时候模拟器换掉它的内容，所以地址人人相同。
/// en: The simulator exchanges its content with every switch of Ms, so the address is the same for
///     all.
inline exception_state* thread_exceptions() {
  return reinterpret_cast<exception_state*>(abi::__cxa_get_globals());
}

}  // namespace newproc::os
