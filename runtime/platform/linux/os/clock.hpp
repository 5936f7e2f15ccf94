// zh: 单调时钟，纳秒。
// en: The monotonic clock, in nanoseconds.
#pragma once

#include <time.h>

#include <cstdint>

namespace newproc::os {

/// zh: 单调时钟，纳秒；起点不定，只可相减。
/// en: The monotonic clock in ns; its origin is arbitrary, only differences mean something.
inline std::int64_t nanotime() {
  timespec now;
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * std::int64_t{1'000'000'000} + now.tv_nsec;
}

}  // namespace newproc::os
