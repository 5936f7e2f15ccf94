// zh: 地址空间来自检查器，一次执行之后全部收回；没有护栏，也没有信号。
// en: Address space comes from the checker, which takes it back after an execution; no guards, no
//     signals.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/arena.hpp"

namespace newproc::os {

inline constexpr std::size_t page_bytes = 4096;

enum class guard_mode { guard_install, protect, none };
inline guard_mode best_guard_mode() { return guard_mode::none; }
inline std::size_t protect_budget() { return 0; }

inline std::byte* reserve(std::size_t bytes) { return checker::arena::take_pages(bytes); }
inline void release(std::byte*, std::size_t) {}
inline void populate(std::byte*, std::size_t) {}
inline void discard(std::byte*, std::size_t) {}
inline bool guard(std::byte*, std::size_t, guard_mode) { return true; }

using fault_handler = void (*)(const std::byte* address);
inline void install_fault_handler(fault_handler) {}

/// zh: 这里没有信号，栈溢出就是溢出。 en: No signals here: an overflow is an overflow.
class signal_stack {
 public:
  signal_stack() {}
  ~signal_stack() {}
  signal_stack(const signal_stack&) = delete;
  signal_stack& operator=(const signal_stack&) = delete;
};

}  // namespace newproc::os
