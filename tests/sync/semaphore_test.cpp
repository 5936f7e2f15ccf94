// zh: 信号量：至多 n 个在里面，先来先得，一个也不丢。
// en: The semaphore: n inside at most, first come first served, none lost.
#include <doctest/doctest.h>

#include <memory>
#include <vector>

#include "newproc/newproc.hpp"
#include "parking.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

TEST_CASE("no more than n are inside, and all get in") {
  for (const int procs : procs_to_try)
    for (const int n : {1, 3}) {
      std::atomic<int> inside{0}, most{0}, entered{0};
      run({.procs = procs}, [&] {
        semaphore s(n);
        wait_group g;
        for (int i = 0; i < 10; ++i)
          g.go([&] {
            for (int k = 0; k < repeat(1000); ++k) {
              s.acquire();
              const int now = inside.fetch_add(1) + 1;
              if (now > most.load()) most.store(now);
              entered.fetch_add(1);
              if (k % 32 == 0) yield();
              inside.fetch_sub(1);
              s.release();
            }
          });
        g.wait();
        for (int i = 0; i < n; ++i) CHECK(s.try_acquire());
        CHECK_FALSE(s.try_acquire());
      });
      CHECK(most.load() <= n);
      CHECK(entered.load() == 10 * repeat(1000));
    }
}

TEST_CASE("those that wait get it in their order, and a newcomer does not overtake them") {
  run({.procs = 1}, [] {
    semaphore s(0);
    std::string order;
    for (const char name : {'a', 'b', 'c'}) {
      go([&, name] {
        s.acquire();
        order += name;
      });
      until_parked(name - 'a' + 1);
    }
    s.release();
    CHECK_FALSE(s.try_acquire());
    yield();
    s.release();
    yield();
    s.release();
    until_alone();
    CHECK(order == "abc");
    s.release();
    CHECK(s.try_acquire());
  });
}

TEST_CASE("below zero it can't begin") {
  CHECK_THROWS_WITH_AS(semaphore(-1), "newproc: semaphore below zero", panic_error);
}

TEST_CASE("many semaphores, each with one that waits") {
  run({.procs = 2}, [] {
    const auto n = static_cast<std::size_t>(goroutines_at_once(2000));
    std::vector<std::unique_ptr<semaphore>> all;
    std::atomic<std::size_t> sum{0};
    for (std::size_t i = 0; i < n; ++i) {
      all.push_back(std::make_unique<semaphore>(0));
      go([&sum, s = all.back().get(), i] {
        s->acquire();
        sum.fetch_add(i);
      });
    }
    until_parked(static_cast<int>(n));
    for (std::size_t i = 0; i < n; ++i) all[i * 7919 % n]->release();
    if (n % 7919 != 0) until_alone();
    CHECK(sum.load() == n * (n - 1) / 2);
  });
}

TEST_CASE("a semaphore may be destroyed as soon as its last acquire has returned") {
  for (const int procs : {2, 4})
    run({.procs = procs}, [] {
      for (int i = 0; i < repeat(5000); ++i) {
        auto s = std::make_unique<semaphore>(0);
        go([p = s.get()] { p->release(); });
        s->acquire();
        s.reset();
      }
      until_alone();
    });
}

}  // namespace
}  // namespace newproc::test
