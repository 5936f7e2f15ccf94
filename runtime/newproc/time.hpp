// zh: 公开接口：时间。
// en: The public interface: time.
#pragma once

#include <chrono>
#include <cstdint>
#include <limits>

#include "newproc/chan.hpp"
#include "newproc/detail/hchan.hpp"

namespace newproc {

/// zh: 时刻：单调时钟的。 en: A point in time, of the monotonic clock.
using time_point = std::chrono::steady_clock::time_point;

namespace rt {
/// zh: 睡 @p ns 纳秒；不大于零时立即返回。goroutine 之外调用是致命错误。
/// en: Sleeps for @p ns nanoseconds; returns at once if not above zero. Fatal outside a goroutine.
/// Go: time.go, timeSleep
void time_sleep(std::int64_t ns);

/// zh: 一个通道，过 @p ns 纳秒会收到当时的时刻；不大于零：已经在里面。goroutine 之外调用是致命错误。
/// en: A channel that will hold the time when @p ns nanoseconds have passed; it does already if ns is not
///     above zero. Fatal outside a goroutine.
/// Go: time/sleep.go, After
hchan* time_after(std::int64_t ns);

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

/// zh: 睡到 @p when；已经过了就立即返回，也不让出。
/// en: Sleeps until @p when; returns at once, without yielding, if that has passed.
/// @snippet tests/newproc/examples_test.cpp sleep_until
template <class Duration>
void sleep_until(std::chrono::time_point<std::chrono::steady_clock, Duration> when) {
  const std::int64_t at = rt::saturated_ns(when.time_since_epoch());
  const std::int64_t now = rt::saturated_ns(std::chrono::steady_clock::now().time_since_epoch());
  rt::time_sleep(at > now ? at - now : 0);
}

/// zh: 一个通道，过了 @p d 就收到当时的时刻；放进 select，就是时限。max() 永远不来。
/// en: A channel that gives the time once @p d has passed; in a select it makes a time-out. With max() it
///     never comes.
/// @snippet tests/newproc/examples_test.cpp after
template <class Rep, class Period>
[[nodiscard]] chan<time_point> after(std::chrono::duration<Rep, Period> d) {
  return rt::chan_access<time_point>::adopt(rt::time_after(rt::saturated_ns(d)));
}

}  // namespace newproc
