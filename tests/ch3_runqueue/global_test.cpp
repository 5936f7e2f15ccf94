// zh: 全局队列：次序、份额，和它的容器怎样长大。
// en: The global queue: order, shares, and how its container grows.
#include <doctest/doctest.h>

#include "ch3_runqueue/inside.hpp"
#include "model/gqueue.hpp"
#include "workbench.hpp"

namespace newproc::test {
namespace {

TEST_CASE_FIXTURE(workbench, "the global queue is first in first out") {
  goroutines gs(300);
  for (std::size_t i = 0; i < gs.size(); ++i) put_global(gs[i]);
  CHECK(rt::globrunqsize() == 300);
  CHECK(drain_global(gs) == counting(0, 300));
}

TEST_CASE_FIXTURE(workbench, "a batch is appended in its order") {
  goroutines gs(5);
  put_global(gs[0]);
  const std::array<G*, 3> batch{gs[1], gs[2], gs[3]};
  {
    const rt::sched_lock_guard hold(rt::sched.lock);
    rt::globrunqputbatch(batch);
  }
  put_global(gs[4]);
  CHECK(drain_global(gs) == counting(0, 5));
}

TEST_CASE_FIXTURE(workbench, "globrunqget from an empty queue yields nothing") {
  CHECK(get_global(p, 0) == nullptr);
  CHECK(get_global(p, 1) == nullptr);
}

TEST_CASE_FIXTURE(workbench, "globrunqget takes a share per head and at most half a ring") {
  struct row {
    int size, procs, max, share;
  };
  constexpr row table[] = {
      {1, 1, 0, 1},     {2, 1, 0, 2},     {10, 1, 0, 10},   {10, 2, 0, 6},       {10, 4, 0, 3},
      {1, 8, 0, 1},     {7, 8, 0, 1},     {8, 8, 0, 2},     {10, 1, 1, 1},       {10, 1, 4, 4},
      {10, 4, 4, 3},    {127, 1, 0, 127}, {128, 1, 0, 128}, {129, 1, 0, 128},    {1000, 1, 0, 128},
      {256, 2, 0, 128}, {254, 2, 0, 128}, {252, 2, 0, 127}, {1000, 1, 500, 128},
  };
  for (const std::uint32_t start : index_starts)
    for (const row& r : table) {
      // zh: CAPTURE 是一个 lambda，Clang 14 不许它捕获结构化绑定。
      // en: CAPTURE is a lambda, and Clang 14 lets none capture a structured binding.
      const int size = r.size, procs = r.procs, max = r.max, share = r.share;
      CAPTURE(size);
      CAPTURE(procs);
      CAPTURE(max);
      rt::sched.gomaxprocs = procs;
      goroutines gs(static_cast<std::size_t>(size));
      start_at(p, start);
      for (std::size_t i = 0; i < gs.size(); ++i) put_global(gs[i]);
      CHECK(gs.index(get_global(p, max)) == 0);
      CHECK(rt::globrunqsize() == size - share);
      CHECK(drain(p, gs) == counting(1, share - 1));
      CHECK(drain_global(gs) == counting(share, size - share));
    }
}

TEST_CASE_FIXTURE(workbench, "the local queue keeps what it had when one is taken") {
  goroutines gs(3);
  put(p, gs[0]);
  put_global(gs[1]);
  put_global(gs[2]);
  CHECK(get_global(p, 1) == gs[1]);
  CHECK(drain(p, gs) == std::vector<int>{0});
  CHECK(rt::globrunqsize() == 1);
}

TEST_CASE("gqueue keeps its order while it grows from any position") {
  goroutines gs(2000);
  for (const int before : {0, 1, 100, 255}) {
    for (const int n : {255, 256, 257, 512, 513, 1500}) {
      CAPTURE(before);
      CAPTURE(n);
      rt::gqueue queue;
      // zh: 先把队头推到 before，长大时就要跨过环的接缝。
      // en: First move the head to `before`, so that growing has to cross the ring's seam.
      for (int i = 0; i < before; ++i) queue.push(gs[0]);
      for (int i = 0; i < before; ++i) (void)queue.pop();
      for (int i = 0; i < n; ++i) queue.push(gs[static_cast<std::size_t>(i)]);
      CHECK(queue.size() == static_cast<std::uint32_t>(n));
      std::vector<int> order;
      while (queue.size() != 0) order.push_back(gs.index(queue.pop()));
      CHECK(order == counting(0, n));
    }
  }
}

TEST_CASE("gqueue is a queue also when pushes and pops alternate") {
  goroutines gs(10000);
  rt::gqueue queue;
  std::vector<int> order;
  for (std::size_t i = 0; i < gs.size(); ++i) {
    queue.push(gs[i]);
    if (i % 3 == 0) order.push_back(gs.index(queue.pop()));
  }
  while (queue.size() != 0) order.push_back(gs.index(queue.pop()));
  CHECK(order == counting(0, 10000));
}

// zh: 一串停着的 G，像 netpoll 交出来的那样。
// en: A chain of parked Gs, as netpoll hands them out.
G* parked_chain(goroutines& gs) {
  for (std::size_t i = 0; i < gs.size(); ++i) {
    gs[i]->atomicstatus.store(rt::Gwaiting);
    gs[i]->schedlink = i + 1 < gs.size() ? gs[i + 1] : nullptr;
  }
  return gs[0];
}

bool all_runnable_and_unlinked(goroutines& gs) {
  for (std::size_t i = 0; i < gs.size(); ++i)
    if (gs[i]->status() != rt::Grunnable || gs[i]->schedlink != nullptr) return false;
  return true;
}

TEST_CASE_FIXTURE(workbench, "a list of ready Gs goes to the P's queue in its order") {
  goroutines gs(3);
  rt::injectglist(p, parked_chain(gs));
  CHECK(rt::globrunqsize() == 0);
  CHECK(all_runnable_and_unlinked(gs));
  CHECK(drain(p, gs) == counting(0, 3));
}

TEST_CASE_FIXTURE(workbench, "a list of ready Gs goes to the global queue where there is no P") {
  goroutines gs(3);
  rt::injectglist(nullptr, parked_chain(gs));
  CHECK(all_runnable_and_unlinked(gs));
  CHECK(drain_global(gs) == counting(0, 3));
}

TEST_CASE_FIXTURE(workbench, "an empty list of ready Gs changes nothing") {
  rt::injectglist(p, nullptr);
  rt::injectglist(nullptr, nullptr);
  CHECK(rt::runqempty(p));
  CHECK(rt::globrunqsize() == 0);
}

}  // namespace
}  // namespace newproc::test
