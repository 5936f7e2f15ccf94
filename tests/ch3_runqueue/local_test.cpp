// zh: 本地队列的次序、runnext、装满与溢出、32 位下标的回绕。
// en: The local queue's order, runnext, full rings and overflow, the 32-bit indices' wrap-around.
#include <doctest/doctest.h>

#include "ch3_runqueue/inside.hpp"
#include "death.hpp"
#include "workbench.hpp"

namespace newproc::test {
namespace {

constexpr int ring = static_cast<int>(rt::ring_size);
constexpr int half = ring / 2;

void fill(P* p, goroutines& gs, int n) {
  for (int i = 0; i < n; ++i) put(p, gs[static_cast<std::size_t>(i)]);
}

TEST_CASE_FIXTURE(workbench, "an empty queue yields nothing") {
  CHECK(get(p).g == nullptr);
  CHECK(rt::runqempty(p));
}

TEST_CASE_FIXTURE(workbench, "runqget returns what runqput put in the same order") {
  for (const std::uint32_t start : index_starts) {
    goroutines gs(ring);
    start_at(p, start);
    fill(p, gs, ring);
    CHECK(drain(p, gs) == counting(0, ring));
    CHECK(rt::runqempty(p));
  }
}

TEST_CASE_FIXTURE(workbench, "runnext is the newest G and it comes first") {
  goroutines gs(3);
  put(p, gs[0]);
  put(p, gs[1]);
  put(p, gs[2], true);
  const rt::next_g first = get(p);
  CHECK(gs.index(first.g) == 2);
  CHECK(first.inheritTime);
  const rt::next_g second = get(p);
  CHECK(gs.index(second.g) == 0);
  CHECK_FALSE(second.inheritTime);
}

TEST_CASE_FIXTURE(workbench, "the old occupant of runnext moves to the tail of the ring") {
  goroutines gs(4);
  put(p, gs[0]);
  put(p, gs[1], true);
  put(p, gs[2], true);
  put(p, gs[3], true);
  CHECK(drain(p, gs) == std::vector<int>{3, 0, 1, 2});
}

TEST_CASE_FIXTURE(workbench, "255 and 256 fit into the ring and nothing goes to the global queue") {
  for (const int n : {ring - 1, ring}) {
    goroutines gs(ring);
    fill(p, gs, n);
    CHECK(ring_length(p) == static_cast<std::uint32_t>(n));
    CHECK(rt::globrunqsize() == 0);
    CHECK(drain(p, gs) == counting(0, n));
  }
}

TEST_CASE_FIXTURE(workbench, "the 257th takes the 128 oldest along to the global queue in order") {
  for (const std::uint32_t start : index_starts) {
    goroutines gs(ring + 1);
    start_at(p, start);
    fill(p, gs, ring + 1);
    std::vector<int> overflow = counting(0, half);
    overflow.push_back(ring);
    CHECK(rt::globrunqsize() == half + 1);
    CHECK(drain_global(gs) == overflow);
    CHECK(drain(p, gs) == counting(half, half));
  }
}

TEST_CASE_FIXTURE(workbench, "a full ring refuses nobody at runnext: its old occupant overflows") {
  goroutines gs(ring + 2);
  fill(p, gs, ring);
  put(p, gs[ring], true);
  CHECK(rt::globrunqsize() == 0);
  put(p, gs[ring + 1], true);
  std::vector<int> overflow = counting(0, half);
  overflow.push_back(ring);
  CHECK(drain_global(gs) == overflow);
  std::vector<int> left{ring + 1};
  for (const int i : counting(half, half)) left.push_back(i);
  CHECK(drain(p, gs) == left);
}

TEST_CASE_FIXTURE(workbench, "there is room again after an overflow") {
  goroutines gs(ring + 1 + half);
  fill(p, gs, ring + 1 + half);
  CHECK(ring_length(p) == rt::ring_size);
  CHECK(rt::globrunqsize() == half + 1);
}

TEST_CASE_FIXTURE(workbench, "runqputslow gives up when a thief has moved the head") {
  goroutines gs(ring + 1);
  fill(p, gs, ring);
  const std::uint32_t head = p->runqhead.load();
  const std::uint32_t tail = p->runqtail.load();
  (void)get(p);
  p->owner.held();
  CHECK_FALSE(rt::runqputslow(p, gs[ring], head, tail));
  CHECK(rt::globrunqsize() == 0);
  CHECK(drain(p, gs) == counting(1, ring - 1));
}

TEST_CASE_FIXTURE(workbench, "runqputslow of a ring that is not full is fatal") {
  goroutines gs(2);
  const ending e = in_child([&] {
    put(p, gs[0]);
    p->owner.held();
    (void)rt::runqputslow(p, gs[1], p->runqhead.load(), p->runqtail.load());
  });
  CHECK(e.exit_code == 2);
  CHECK(e.error == "fatal error: runqputslow: queue is not full\n");
}

TEST_CASE_FIXTURE(workbench, "the indices may wrap around anywhere") {
  goroutines gs(7);
  for (std::uint32_t short_of = 0; short_of < 10; ++short_of) {
    start_at(p, 0xffffffffu - short_of);
    fill(p, gs, 7);
    CHECK(drain(p, gs) == counting(0, 7));
  }
}

TEST_CASE_FIXTURE(workbench, "runqempty sees the ring and runnext") {
  for (const std::uint32_t start : index_starts) {
    goroutines gs(1);
    start_at(p, start);
    CHECK(rt::runqempty(p));
    put(p, gs[0]);
    CHECK_FALSE(rt::runqempty(p));
    (void)get(p);
    CHECK(rt::runqempty(p));
    put(p, gs[0], true);
    CHECK_FALSE(rt::runqempty(p));
    (void)get(p);
    CHECK(rt::runqempty(p));
  }
}

}  // namespace
}  // namespace newproc::test
