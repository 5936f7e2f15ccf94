// zh: 等一组：数到零才走，可以重用，等着的人的栈上也行；负数和乱用是 panic。
// en: The wait group: goes on at zero, may be used again, also on the stack of the one that waits; negative counts
//     and misuse panic.
#include <doctest/doctest.h>

#include <memory>
#include <stdexcept>

#include "death.hpp"
#include "newproc/newproc.hpp"
#include "parking.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

TEST_CASE("wait returns when all are done, and sees what they did") {
  for (const int procs : procs_to_try)
    run({.procs = procs}, [] {
      for (int round = 0; round < repeat(300); ++round) {
        wait_group g;
        std::array<int, 16> done{};
        g.add(16);
        for (int& d : done)
          go([&] {
            d = 1;
            g.done();
          });
        g.wait();
        for (const int d : done) CHECK(d == 1);
        g.wait();  // zh: 已经是零 en: it is zero already
      }
    });
}

TEST_CASE("many may wait, and the group may be used again") {
  for (const int procs : procs_to_try)
    run({.procs = procs}, [] {
      wait_group g;
      for (int round = 0; round < repeat(200); ++round) {
        std::atomic<int> woken{0};
        g.add(1);
        wait_group waiting;
        for (int i = 0; i < 8; ++i)
          waiting.go([&] {
            g.wait();
            woken.fetch_add(1);
          });
        until_parked(8);
        CHECK(woken.load() == 0);
        g.done();
        waiting.wait();
        CHECK(woken.load() == 8);
      }
    });
}

// zh: 等的人一醒，它就没有了；done 也许还没有返回。 en: As soon as the waiter wakes it is gone; done may not have returned.
TEST_CASE("a wait group may live on the stack of the one that waits") {
  for (const int procs : procs_to_try)
    run({.procs = procs}, [] {
      for (int i = 0; i < repeat(5000); ++i) {
        auto g = std::make_unique<wait_group>();
        g->add(1);
        go([p = g.get()] { p->done(); });
        g->wait();
        g.reset();
      }
    });
}

TEST_CASE("go counts one for each, whether it returns or exits, and its captures are gone by then") {
  for (const int procs : procs_to_try)
    run({.procs = procs}, [] {
      for (int i = 0; i < repeat(300); ++i) {
        wait_group g;
        const auto token = std::make_shared<int>(0);
        g.go([token] {});
        g.go([token] { goexit(); });
        g.go([token, unique = std::make_unique<int>(1)] { yield(); });
        g.wait();
        CHECK(token.use_count() == 1);
      }
    });
}

struct throws_when_moved {
  throws_when_moved() = default;
  throws_when_moved(throws_when_moved&&) { throw std::runtime_error("move"); }
  void operator()() const {}
};

TEST_CASE("go whose function can't be moved throws and counts nothing") {
  run({.procs = 1}, [] {
    wait_group g;
    bool caught = false;
    try {
      g.go(throws_when_moved{});
    } catch (const std::runtime_error&) {
      caught = true;
    }
    CHECK(caught);
    g.wait();
    CHECK(num_goroutine() == 1);
  });
}

TEST_CASE("go of an empty function is fatal") {
  const ending e = in_child([] {
    run([] {
      wait_group g;
      g.go(std::function<void()>{});
    });
  });
  CHECK(e.exit_code == 2);
  CHECK(e.head(1) == "fatal error: go of nil func value\n");
}

TEST_CASE("a function of go that throws is a panic, and nobody goes on before") {
  for (const int procs : {1, 2}) {
    const ending e = in_child([procs] {
      return run({.procs = procs}, [] {
        wait_group g;
        g.go([] { throw std::runtime_error("thrown"); });
        g.wait();
        return 0;
      });
    });
    CHECK(e.exit_code == 2);
    CHECK(e.head(1) == "panic: thrown\n");
  }
}

TEST_CASE("a negative counter panics") {
  run({.procs = 1}, [] {
    wait_group g;
    CHECK_THROWS_WITH_AS(g.done(), "sync: negative WaitGroup counter", panic_error);
    wait_group h;
    h.add(2);
    CHECK_THROWS_WITH_AS(h.add(-3), "sync: negative WaitGroup counter", panic_error);
  });
}

TEST_CASE("adding to a group that is being waited for and is at zero is told") {
  run({.procs = 1}, [] {
    wait_group g;
    g.add(1);
    go([&g] { CHECK_THROWS_WITH_AS(g.wait(), "sync: WaitGroup is reused before previous Wait has returned", panic_error); });
    until_parked(1);
    g.done();
    // zh: 他已被放行，还没醒来，又用上了 en: it has been let go on and not woken yet, and the group is used again
    g.add(1);
    until_alone();
    g.done();
  });
}

}  // namespace
}  // namespace newproc::test
