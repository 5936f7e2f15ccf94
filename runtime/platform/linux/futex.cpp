// zh: 三个 futex 系统调用。
// en: Three futex system calls.
#include "os/futex.hpp"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

namespace newproc::os {
namespace {

/// zh: 系统调用；@p timeout 是单调时钟的时刻，nullptr：没有时限。返回值没有人看。
/// en: The system call; @p timeout is a time of the monotonic clock, nullptr for none. No caller
///     looks at the result.
long futex(atomic<std::uint32_t>& word, int operation, std::uint32_t value,
           const timespec* timeout) {
  // zh: 这里的失败（EAGAIN、EINTR、ETIMEDOUT）都只是“再看一眼”。
  // en: Every failure here (EAGAIN, EINTR, ETIMEDOUT) just means "look again".
  return ::syscall(SYS_futex, &word, operation | FUTEX_PRIVATE_FLAG, value, timeout, nullptr,
                   FUTEX_BITSET_MATCH_ANY);
}

}  // namespace

void futex_wait(atomic<std::uint32_t>& word, std::uint32_t expected) {
  futex(word, FUTEX_WAIT_BITSET, expected, nullptr);
}

void futex_wait_until(atomic<std::uint32_t>& word, std::uint32_t expected, std::int64_t deadline) {
  // zh: FUTEX_WAIT_BITSET 的时限是绝对的单调时间，正合我们的时钟。
  // en: FUTEX_WAIT_BITSET's timeout is absolute monotonic time, which is our clock.
  constexpr std::int64_t second = 1'000'000'000;
  const timespec until{.tv_sec = deadline / second, .tv_nsec = deadline % second};
  futex(word, FUTEX_WAIT_BITSET, expected, &until);
}

void futex_wake(atomic<std::uint32_t>& word, int count) {
  futex(word, FUTEX_WAKE, static_cast<std::uint32_t>(count), nullptr);
}

}  // namespace newproc::os
