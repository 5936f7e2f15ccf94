// zh: 栈的仓库和护栏的三种做法。
// en: The store of stacks and the three ways to guard.
#include <doctest/doctest.h>
#include <signal.h>

#include <set>

#include "ch2_goroutine/stacks.hpp"
#include "death.hpp"
#include "model/tunables.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

using os::guard_mode;
using rt::stack;
using rt::stack_pool;

constexpr std::size_t stack_bytes = rt::stack_minimum;

std::vector<guard_mode> modes_here() {
  std::vector<guard_mode> modes{guard_mode::protect, guard_mode::none};
  if (os::best_guard_mode() == guard_mode::guard_install)
    modes.insert(modes.begin(), guard_mode::guard_install);
  else
    say_skipped("内核没有 MADV_GUARD_INSTALL（Linux 6.13 起才有）",
                "this kernel has no MADV_GUARD_INSTALL (Linux 6.13 on)");
  return modes;
}

// zh: 碰一个字节；出错就是段错误。
// en: Touches a byte; if that is a fault, it is a segmentation fault.
ending touch(std::byte* where) {
  return in_child([where] {
    ::signal(SIGSEGV, SIG_DFL);  // zh: 清洁器的处理函数让位 en: a sanitizer's handler steps aside
    *static_cast<volatile std::byte*>(where) = std::byte{1};
  });
}

TEST_CASE("a stack can be used from its first byte to its last in every guard mode") {
  for (const guard_mode mode : modes_here()) {
    stack_pool pool;
    pool.start(mode);
    const stack slot = pool.take(stack_bytes);
    REQUIRE(slot.lo != nullptr);
    CHECK(static_cast<std::size_t>(slot.hi - slot.lo) == stack_bytes);
    for (std::byte* b = slot.lo; b < slot.hi; ++b) *b = std::byte{7};
    CHECK(*slot.lo == std::byte{7});
    CHECK(pool.unguarded() == 0);
    pool.release_all();
  }
}

TEST_CASE("a touched guard is a segmentation fault") {
  for (const guard_mode mode : modes_here()) {
    if (mode == guard_mode::none) continue;
    stack_pool pool;
    pool.start(mode);
    for (int i = 0; i < 3; ++i) (void)pool.take(stack_bytes);
    const stack slot = pool.take(stack_bytes);
    CHECK(touch(slot.lo - 1).signal == SIGSEGV);
    CHECK(touch(slot.lo - rt::stack_guard).signal == SIGSEGV);
    CHECK(touch(slot.lo - rt::stack_guard - 1).exit_code == 0);
    CHECK(touch(slot.lo).exit_code == 0);
    CHECK(touch(slot.hi - 1).exit_code == 0);
    pool.release_all();
  }
}

TEST_CASE("without guards nothing faults") {
  stack_pool pool;
  pool.start(guard_mode::none);
  const stack slot = pool.take(stack_bytes);
  CHECK(touch(slot.lo - 1).exit_code == 0);
  pool.release_all();
}

TEST_CASE("stacks do not overlap, also across regions") {
  stack_pool pool;
  pool.start(os::best_guard_mode());
  constexpr std::size_t n = 2 * rt::stacks_per_region + 1;
  std::vector<stack> slots;
  for (std::size_t i = 0; i < n; ++i) slots.push_back(pool.take(stack_bytes));
  std::sort(slots.begin(), slots.end(), [](const stack& a, const stack& b) { return a.lo < b.lo; });
  bool apart = true;
  for (std::size_t i = 1; i < n; ++i)
    apart = apart && slots[i - 1].hi <= slots[i].lo - rt::stack_guard;
  CHECK(apart);
  pool.release_all();
}

TEST_CASE("neighbouring stacks begin at different offsets in their pages") {
  stack_pool pool;
  pool.start(os::best_guard_mode());
  std::set<std::uintptr_t> offsets;
  for (std::size_t i = 0; i < rt::stack_colours; ++i) {
    const stack slot = pool.take(stack_bytes);
    offsets.insert(address_of(slot.hi) % os::page_bytes);
  }
  CHECK(offsets.size() == rt::stack_colours);
  pool.release_all();
}

TEST_CASE("a pool that was released begins anew") {
  stack_pool pool;
  for (int i = 0; i < 3; ++i) {
    pool.start(os::best_guard_mode());
    const stack slot = pool.take(stack_bytes);
    REQUIRE(slot.lo != nullptr);
    *slot.lo = std::byte{1};
    pool.release_all();
  }
}

TEST_CASE("beyond the limit on mappings stacks come without a guard and it is told once") {
  const std::size_t budget = os::protect_budget();
  if (budget > 40'000) {
    say_skipped("vm.max_map_count 太大，碰到上限要建太多映射",
                "vm.max_map_count is so large that reaching the limit takes too many mappings");
    return;
  }
  constexpr std::size_t beyond = 10;
  const ending e = in_child([budget] {
    stack_pool pool;
    pool.start(guard_mode::protect);
    for (std::size_t i = 0; i < budget; ++i)
      if (pool.take(stack_bytes).lo == nullptr) return 1;
    if (pool.unguarded() != 0) return 2;
    for (std::size_t i = 0; i < beyond; ++i) {
      const stack slot = pool.take(stack_bytes);
      if (slot.lo == nullptr) return 3;
      *(slot.lo - 1) = std::byte{1};  // zh: 没有护栏，不出错 en: no guard, no fault
    }
    return pool.unguarded() == beyond ? 0 : 4;
  });
  CHECK(e.exit_code == 0);
  CHECK(e.error ==
        "newproc: 映射数到了上限，之后的 goroutine 栈没有护栏；请调大 vm.max_map_count\n"
        "newproc: out of memory mappings: further goroutine stacks have no guard page; raise "
        "vm.max_map_count\n");
}

}  // namespace
}  // namespace newproc::test
