// zh: 用深过的栈，久没有人用就把内存还给系统；在用的、刚用过的不动。
// en: Stacks that were used deeply give their memory back once nobody has used them for a while; those
//     in use, or used a moment ago, are left alone.
#include <doctest/doctest.h>
#include <sys/mman.h>

#include <array>
#include <atomic>
#include <vector>

#include "death.hpp"
#include "model/gmp.hpp"
#include "os/pages.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t deep_bytes = 32 * os::page_bytes;

struct range {
  std::uintptr_t low = 0, high = 0;  // zh: 对齐到页 en: aligned to pages
};

// zh: 写满这么深的栈，返回写过的整页。
// en: Writes that much of its stack; returns the whole pages that were written.
[[gnu::noinline]] range use_deeply() {
  std::array<volatile std::byte, deep_bytes> room;
  for (std::size_t i = 0; i < room.size(); i += 64) room[i] = std::byte{1};
  const std::uintptr_t low =
      (address_of(const_cast<std::byte*>(room.data())) + os::page_bytes - 1) / os::page_bytes *
      os::page_bytes;
  return {low, low + deep_bytes - 2 * os::page_bytes};
}

std::size_t resident(const range& r) {
  std::array<unsigned char, deep_bytes / os::page_bytes> pages{};
  if (::mincore(reinterpret_cast<void*>(r.low), r.high - r.low, pages.data()) != 0) return 0;
  std::size_t n = 0;
  for (const unsigned char page : pages) n += page & 1u;
  return n;
}

std::size_t resident(const std::vector<range>& all) {
  std::size_t n = 0;
  for (const range& r : all) n += resident(r);
  return n;
}

// zh: @p n 个 goroutine 同时在各自的栈上走到深处，然后结束。
// en: @p n goroutines go deep on their stacks, all at the same time, and end.
std::vector<range> all_go_deep(int n) {
  const int others = num_goroutine();
  std::vector<range> used(static_cast<std::size_t>(n));
  std::atomic<int> there{0};
  for (range& r : used)
    go([&there, &r, n] {
      r = use_deeply();
      ++there;
      while (there.load() < n) yield();
    });
  while (num_goroutine() > others) yield();
  return used;
}

int some() { return goroutines_at_once(300); }

// zh: 等不到，就由 ctest 的时限来说。 en: Should that never come, ctest's time limit tells.
void until_given_back(const std::vector<range>& used) {
  CHECK(used.size() == static_cast<std::size_t>(some()));
  while (resident(used) != 0) sleep(1ms);
}

TEST_CASE("stacks that nobody uses give their memory back, on one P and on more") {
  for (const int procs : {1, 2, 4}) {
    run({.procs = procs}, [] {
      rt::sched.stackIdle = 1'000'000;
      until_given_back(all_go_deep(some()));
    });
  }
}

TEST_CASE("stacks give their memory back again after they were used again") {
  run({.procs = 2}, [] {
    rt::sched.stackIdle = 1'000'000;
    for (int round = 0; round < 3; ++round) {
      until_given_back(all_go_deep(some()));
    }
  });
}

TEST_CASE("a stack that is in use keeps its memory") {
  run({.procs = 2}, [] {
    rt::sched.stackIdle = 1'000'000;
    std::atomic<bool> parked{false}, over{false};
    range mine;
    go([&] {
      mine = use_deeply();
      // zh: 写过的页在我们脚下，已经空了，可是栈还在用。
      // en: The pages written are below us and empty now, but the stack is in use.
      parked = true;
      while (!over.load()) sleep(1ms);
    });
    while (!parked.load()) yield();
    const std::size_t before = resident(mine);
    CHECK(before == deep_bytes / os::page_bytes - 2);
    until_given_back(all_go_deep(some()));
    CHECK(resident(mine) == before);
    over = true;
    until_alone();
  });
}

TEST_CASE("before the time is up stacks keep their memory") {
  run({.procs = 2}, [] {
    rt::sched.stackIdle = std::int64_t{3600} * 1'000'000'000;
    const std::vector<range> used = all_go_deep(some());
    const std::size_t before = resident(used);
    for (int i = 0; i < 20; ++i) sleep(1ms);
    CHECK(resident(used) == before);
    CHECK(before == used.size() * (deep_bytes / os::page_bytes - 2));
  });
}

// zh: 等着还内存的 M 照样算是睡着：再过一个小时才还，死锁却马上就说。
// en: An M that waits to give memory back counts as asleep all the same: that is due in an hour, but
//     the deadlock is told at once.
TEST_CASE("a deadlock is told at once though stacks wait to give their memory back") {
  const ending e = in_child([] {
    run({.procs = 2}, [] {
      rt::sched.stackIdle = std::int64_t{3600} * 1'000'000'000;
      all_go_deep(some());
      goexit();
    });
  });
  CHECK(e.exit_code == 2);
  CHECK(e.head(1) == "fatal error: no goroutines (main called runtime.Goexit) - deadlock!\n");
}

}  // namespace
}  // namespace newproc::test
