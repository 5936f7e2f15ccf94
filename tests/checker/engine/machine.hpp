// zh: 模拟的一个 M：一条有自己的栈的纤程。它有自己的线程字（getg）和 C++ 异常现场。
// en: One simulated M: a fibre with a stack of its own. It has a thread word (getg) and C++ exception
//     state of its own.
#pragma once

#include <boost/context/detail/fcontext.hpp>

#include "memory.hpp"

namespace newproc::checker {

struct lock_state;

enum class activity : std::uint8_t {
  ready,
  yielded,   // zh: 让开了：先让别人 en: gave way: others first
  locking,   // zh: 等一把锁 en: waits for a lock
  sleeping,  // zh: 睡在 futex 上 en: sleeps on a futex
  joining,   // zh: 等一个线程结束 en: waits for a thread to end
  busy,      // zh: 永远忙着 en: busy for ever
  done,
};

struct machine {
  observer eyes;
  activity state = activity::done;
  boost::context::detail::fcontext_t place = nullptr;
  const void* touches = nullptr;  // zh: 下一步碰的东西 en: what its next step touches
  bool writes = false;            // zh: 并且会改它 en: and may change
  const void* waits_for = nullptr;
  lock_state* lock = nullptr;
  int joins = nobody;
  std::int64_t deadline = 0;
  bool timed_out = false;
  int spurious_left = 0;
  void* word = nullptr;
  std::array<std::uint64_t, 2> exceptions{};
  void (*fn)(void*) = nullptr;
  void* arg = nullptr;
  std::byte* stack = nullptr;
};

}  // namespace newproc::checker
