// zh: 一百万个 goroutine 同时存在。只在 ./learn test --all 里跑。
// en: A million goroutines at once. Run by ./learn test --all only.
#include <doctest/doctest.h>

#include "crowd.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

TEST_CASE("a million goroutines exist at once") {
  if (under_asan || under_tsan) {
    say_skipped("清洁器要的内存是平常的几倍", "a sanitizer needs several times the memory");
    return;
  }
  constexpr std::size_t needed = std::size_t{8} << 30;
  if (const std::size_t available = memory_available(); available < needed) {
    say_skipped(
        "需要 8 GiB 可用内存，现有 " + std::to_string(available >> 20) + " MiB",
        "8 GiB of available memory needed, there are " + std::to_string(available >> 20) + " MiB");
    return;
  }
  constexpr int n = 1'000'000;
  const crowd c = gather(n, 2);
  CHECK(c.finished == n);
}

}  // namespace
}  // namespace newproc::test
