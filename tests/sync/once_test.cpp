// zh: 只做一次：做的只有一个，别人等他做完；抛出、退出都算做过。
// en: Doing once: one does it, the others wait until it is done; to throw or to exit counts as done.
#include <doctest/doctest.h>

#include <memory>
#include <stdexcept>

#include "newproc/newproc.hpp"
#include "parking.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

TEST_CASE("of many that call once at the same time one does it, and all return after it is done") {
  for (const int procs : procs_to_try)
    run({.procs = procs}, [] {
      for (int round = 0; round < repeat(300); ++round) {
        once o;
        int times = 0;
        bool finished = false;
        std::atomic<int> early{0};
        wait_group g;
        for (int i = 0; i < 8; ++i)
          g.go([&] {
            o.call([&] {
              ++times;
              yield();
              finished = true;
            });
            if (!finished) early.fetch_add(1);
          });
        g.wait();
        CHECK(times == 1);
        CHECK(early.load() == 0);
      }
    });
}

TEST_CASE("a function that throws counts as done, and so does one that exits") {
  for (const int procs : procs_to_try)
    run({.procs = procs}, [] {
      once o;
      CHECK_THROWS_AS(o.call([] { throw std::runtime_error("once"); }), std::runtime_error);
      o.call([] { FAIL("twice"); });
      once p;
      go([&p] { p.call([] { goexit(); }); });
      until_alone();
      p.call([] { FAIL("twice"); });
    });
}

TEST_CASE("those that wait go on when the one that does it throws") {
  run({.procs = 1}, [] {
    once o;
    const auto blocked = make_chan<int>();
    int returned = 0;
    go([&] {
      try {
        o.call([&] {
          (void)blocked.recv();
          throw 1;
        });
      } catch (int) {
      }
    });
    until_parked(1);
    for (int i = 0; i < 3; ++i)
      go([&] {
        o.call([] { FAIL("twice"); });
        ++returned;
      });
    until_parked(4);
    blocked.send(0);
    until_alone();
    CHECK(returned == 3);
  });
}

TEST_CASE("once may be destroyed by one that has seen it done") {
  for (const int procs : {2, 4})
    run({.procs = procs}, [] {
      for (int i = 0; i < repeat(3000); ++i) {
        auto o = std::make_unique<once>();
        std::atomic<bool> did{false};
        go([&did, p = o.get()] { p->call([&did] { did.store(true); }); });
        while (!did.load()) yield();
        o->call([] { FAIL("twice"); });
        o.reset();
        until_alone();
      }
    });
}

}  // namespace
}  // namespace newproc::test
