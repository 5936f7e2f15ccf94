// zh: 模拟的 futex：睡下的人会被叫醒，会无故醒来，会到时；叫醒哪一个是一个选择。
// en: The simulated futex: who sleeps may be woken, wake for no reason, or find its time up; which
//     of several wakes is a choice.
#pragma once

#include "os/atomic.hpp"

namespace newproc::os {

inline void futex_wait(atomic<std::uint32_t>& word, std::uint32_t expected,
                       checker::site where = checker::site::current()) {
  checker::the_simulator.futex_wait(word.raw(), expected, 0, where);
}
inline void futex_wait_until(atomic<std::uint32_t>& word, std::uint32_t expected,
                             std::int64_t deadline,
                             checker::site where = checker::site::current()) {
  checker::the_simulator.futex_wait(word.raw(), expected, deadline, where);
}
inline void futex_wake(atomic<std::uint32_t>& word, int count,
                       checker::site where = checker::site::current()) {
  checker::the_simulator.futex_wake(word.raw(), count, where);
}

}  // namespace newproc::os
