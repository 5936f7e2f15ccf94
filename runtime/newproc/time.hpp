// zh: 公开接口：时间。
// en: The public interface: time.
#pragma once

#include <chrono>
#include <cstdint>
#include <limits>

namespace newproc {

namespace rt {
/// zh: 睡 @p ns 纳秒；不大于零时立即返回。goroutine 之外调用是致命错误。
/// en: Sleeps for @p ns nanoseconds; returns at once if not above zero. Fatal outside a goroutine.
/// Go: time.go, timeSleep
void time_sleep(std::int64_t ns);

/// zh: 任何时长都收，化为纳秒；放不下的饱和。
/// en: Takes any duration and makes nanoseconds of it; what does not fit saturates.
template <class Rep, class Period>
constexpr std::int64_t saturated_ns(std::chrono::duration<Rep, Period> d) {
  using wide = std::chrono::duration<long double, std::nano>;
  const long double ns = wide(d).count();
  constexpr auto limit = std::numeric_limits<std::int64_t>::max();
  if (ns >= static_cast<long double>(limit)) return limit;
  return ns > 0 ? static_cast<std::int64_t>(ns) : 0;
}
}  // namespace rt

/// zh: 睡 @p d；不大于零时立即返回，也不让出。max() 永远不醒。
/// en: Sleeps for @p d; returns at once, without yielding, if it is not above zero. max() never
///     ends.
/// @snippet tests/newproc/examples_test.cpp sleep
template <class Rep, class Period>
void sleep(std::chrono::duration<Rep, Period> d) {
  rt::time_sleep(rt::saturated_ns(d));
}

}  // namespace newproc
