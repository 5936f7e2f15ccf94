// zh: 一个 P 上的次序是确定的，照 Go 的来。
// en: On one P the order is determined, and it is Go's.
#include <doctest/doctest.h>

#include "ch1_entry/entry.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "newproc/newproc.hpp"
#include "parking.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

using numbers = std::vector<int>;

// zh: 把 P 的节拍放到离 61 的倍数最远的地方，好看清没有它打扰时的次序。
// en: Puts the P's tick as far as can be from a multiple of 61, to see the order that it does not
//     disturb.
void away_from_the_tick() {
  rt::P* p = rt::getg()->m->p;
  p->schedtick = 1;
}

TEST_CASE("five go statements and then blocking run in the order 5 1 2 3 4") {
  for (int i = 0; i < repeat(100); ++i) {
    numbers order;
    run({.procs = 1}, [&order] {
      rt::G* main = rt::getg();
      for (int n = 1; n <= 5; ++n)
        go([&order, n, main] {
          order.push_back(n);
          if (order.size() == 5) let_go_on(main);
        });
      park();
    });
    REQUIRE((order == numbers{5, 1, 2, 3, 4}));
  }
}

TEST_CASE("five go statements and then a yield run in the order 5 1 2 3 4 before main") {
  for (int i = 0; i < repeat(100); ++i) {
    numbers order;
    run({.procs = 1}, [&order] {
      away_from_the_tick();
      for (int n = 1; n <= 5; ++n) go([&order, n] { order.push_back(n); });
      yield();
      order.push_back(0);
    });
    REQUIRE((order == numbers{5, 1, 2, 3, 4, 0}));
  }
}

TEST_CASE("the very first yield of a run lets the others run") {
  bool ran = false, ran_before = false;
  run({.procs = 1}, [&] {
    go([&ran] { ran = true; });
    yield();
    ran_before = ran;
  });
  CHECK(ran_before);
}

TEST_CASE("a new goroutine runs before those that wait longer") {
  numbers order;
  run({.procs = 1}, [&order] {
    away_from_the_tick();
    go([&order] { order.push_back(1); });
    go([&order] {
      order.push_back(2);
      go([&order] { order.push_back(3); });
    });
    yield();
  });
  CHECK((order == numbers{2, 3, 1}));
}

TEST_CASE("goroutines that yield take turns") {
  numbers order;
  run({.procs = 1}, [&order] {
    away_from_the_tick();
    for (int n = 1; n <= 3; ++n)
      go([&order, n] {
        for (int i = 0; i < 3; ++i) {
          order.push_back(n);
          yield();
        }
      });
    until_alone();
  });
  CHECK((order == numbers{3, 1, 2, 3, 1, 2, 3, 1, 2}));
}

TEST_CASE("a yield with nobody waiting returns at once") {
  run({.procs = 1}, [] {
    const std::uint64_t before = rt::getg()->m->runs.get();
    for (int i = 0; i < 100; ++i) yield();
    CHECK(rt::getg()->m->runs.get() == before);
  });
}

TEST_CASE("more goroutines than a ring holds all run and each once") {
  for (const int wanted : {255, 256, 257, 258, 1000, 10'000}) {
    const int n = goroutines_at_once(wanted);
    std::vector<int> times(static_cast<std::size_t>(n));
    run({.procs = 1}, [&times, n] {
      for (int i = 0; i < n; ++i) go([&times, i] { ++times[static_cast<std::size_t>(i)]; });
      until_alone();
    });
    CHECK(std::all_of(times.begin(), times.end(), [](int t) { return t == 1; }));
  }
}

}  // namespace
}  // namespace newproc::test
