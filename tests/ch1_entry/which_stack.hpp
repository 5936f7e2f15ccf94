// zh: 我们站在哪个栈上：测试和习题都这样问。
// en: Which stack we stand on: asked by tests and by exercises.
#pragma once

#include <cstddef>

#include "model/current.hpp"

namespace newproc::test {

/// zh: 我们在 g0 上吗？不在运行时的线程上也答否。
/// en: Are we on g0? False also on threads that are not the runtime's.
inline bool on_g0() {
  const rt::G* g = rt::getg();
  return g != nullptr && g == &g->m->g0;
}

/// zh: 此刻在栈上的位置。 en: Where on its stack the caller stands now.
[[gnu::noinline]] inline const std::byte* here() {
  return static_cast<const std::byte*>(__builtin_frame_address(0));
}

inline bool on_stack_of(const rt::G* g, const void* place) {
  const auto at = static_cast<const std::byte*>(place);
  return at >= g->stack.lo && at < g->stack.hi;
}

}  // namespace newproc::test
