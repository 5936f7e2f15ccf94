// zh: futex：在一个 32 位字上睡，直到有人叫醒。
// en: futex: to sleep on a 32-bit word until another thread wakes us.
#pragma once

#include <cstdint>

#include "os/atomic.hpp"

namespace newproc::os {

/// zh: @p word 还等于 @p expected 时睡下；可能无缘无故醒来，调用者要再看一眼。
/// en: Sleeps while @p word equals @p expected; may wake for no reason: the caller looks again.
void futex_wait(atomic<std::uint32_t>& word, std::uint32_t expected);

/// zh: 同上，但最迟睡到单调时钟的 @p deadline（纳秒）。
/// en: The same, but at the latest until @p deadline (ns of the monotonic clock).
void futex_wait_until(atomic<std::uint32_t>& word, std::uint32_t expected, std::int64_t deadline);

/// zh: 叫醒至多 @p count 个睡在 @p word 上的线程。
/// en: Wakes at most @p count threads that sleep on @p word.
void futex_wake(atomic<std::uint32_t>& word, int count);

}  // namespace newproc::os
