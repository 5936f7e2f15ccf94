// zh: 窃取：偷几个、偷哪些、什么时候才偷 runnext；以及窃取的次序。
// en: Stealing: how many, which ones, when runnext may be taken; and the order of victims.
#include <doctest/doctest.h>

#include <set>

#include "ch3_runqueue/inside.hpp"
#include "model/steal_order.hpp"
#include "workbench.hpp"

namespace newproc::test {
namespace {

TEST_CASE_FIXTURE(workbench, "a thief takes half rounded up and runs the youngest of its loot") {
  for (const std::uint32_t start : index_starts)
    for (const int n : {1, 2, 3, 4, 5, 127, 128, 255, 256}) {
      CAPTURE(n);
      goroutines gs(static_cast<std::size_t>(n));
      start_at(other, start);
      start_at(p, start + 17);
      for (int i = 0; i < n; ++i) put(other, gs[static_cast<std::size_t>(i)]);
      const int loot = (n + 1) / 2;
      CHECK(gs.index(steal(p, other, false)) == loot - 1);
      CHECK(drain(p, gs) == counting(0, loot - 1));
      CHECK(drain(other, gs) == counting(loot, n - loot));
    }
}

TEST_CASE_FIXTURE(workbench, "there is nothing to steal from an empty queue") {
  CHECK(steal(p, other, false) == nullptr);
  CHECK(steal(p, other, true) == nullptr);
  CHECK(rt::runqempty(p));
}

TEST_CASE_FIXTURE(workbench, "runnext is stolen only when asked for") {
  goroutines gs(1);
  put(other, gs[0], true);
  CHECK(steal(p, other, false) == nullptr);
  CHECK_FALSE(rt::runqempty(other));
  CHECK(steal(p, other, true) == gs[0]);
  CHECK(rt::runqempty(other));
  CHECK(rt::runqempty(p));
}

TEST_CASE_FIXTURE(workbench, "as long as the ring has work runnext stays with its owner") {
  goroutines gs(2);
  put(other, gs[0]);
  put(other, gs[1], true);
  CHECK(steal(p, other, true) == gs[0]);
  CHECK(get(other).g == gs[1]);
}

TEST_CASE_FIXTURE(workbench, "what runqgrab grabs is not yet published") {
  goroutines gs(4);
  for (std::size_t i = 0; i < 4; ++i) put(other, gs[i]);
  p->owner.held();
  CHECK(rt::runqgrab(other, p, false) == 2);
  CHECK(rt::runqempty(p));
  CHECK(ring_length(other) == 2);
}

TEST_CASE("a walk visits each P exactly once whatever its start and stride") {
  for (std::uint32_t count = 1; count <= 64; ++count) {
    rt::steal_order order;
    order.reset(count);
    bool exactly_once = true;
    std::set<std::vector<std::uint32_t>> orders;
    for (std::uint32_t stride = 0; stride < order.strides(); ++stride)
      for (std::uint32_t position = 0; position < count; ++position) {
        std::vector<std::uint32_t> visited;
        for (auto walk = order.start(position + count * stride); !walk.done(); walk.next())
          visited.push_back(walk.position());
        exactly_once = exactly_once && visited.front() == position;
        orders.insert(visited);
        std::sort(visited.begin(), visited.end());
        for (std::uint32_t i = 0; i < count; ++i)
          exactly_once = exactly_once && visited.size() == count && visited[i] == i;
      }
    CAPTURE(count);
    CHECK(exactly_once);
    CHECK(orders.size() == count * order.strides());  // zh: 每一种都不同 en: all of them differ
  }
}

TEST_CASE("the strides are the numbers coprime to the count") {
  const auto strides = [](std::uint32_t count) {
    rt::steal_order order;
    order.reset(count);
    return order.strides();
  };
  CHECK(strides(1) == 1);
  CHECK(strides(2) == 1);
  CHECK(strides(3) == 2);
  CHECK(strides(4) == 2);
  CHECK(strides(12) == 4);
  CHECK(strides(61) == 60);
  CHECK(strides(64) == 32);
  CHECK(strides(static_cast<std::uint32_t>(rt::max_procs)) == 512);
}

TEST_CASE("start and stride are chosen independently") {
  constexpr std::uint32_t count = 8;
  rt::steal_order order;
  order.reset(count);
  std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
  for (std::uint32_t random = 0; random < count * order.strides(); ++random) {
    auto walk = order.start(random);
    const std::uint32_t start = walk.position();
    walk.next();
    seen.insert({start, walk.position()});
  }
  CHECK(seen.size() == count * order.strides());
}

}  // namespace
}  // namespace newproc::test
