// zh: 十万个 goroutine 同时存在。每个占一到两页；内存不够就跳过，并说出来。
// en: 100,000 goroutines at once. Each takes a page or two; without the memory we skip, and say so.
#include <doctest/doctest.h>

#include "crowd.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

TEST_CASE("100000 goroutines exist at once") {
  constexpr std::size_t needed = std::size_t{2} << 30;
  if (const std::size_t available = memory_available(); available < needed) {
    say_skipped("可用内存不到 2 GiB", "less than 2 GiB of memory available");
    return;
  }
  const int n = goroutines_at_once(100'000);
  CHECK(gather(n, 2).finished == n);
}

TEST_CASE("on one P none has run before main gives way") {
  const int n = goroutines_at_once(10'000);
  const crowd c = gather(n, 1);
  CHECK(c.most == n + 1);
  CHECK(c.finished == n);
}

}  // namespace
}  // namespace newproc::test
