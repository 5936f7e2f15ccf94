// zh: 睡眠：不早醒，零和负数不睡也不让出，最长的不拖住 run。
// en: Sleeping: never too short; zero and less neither sleeps nor yields; the longest does not hold
//     up run.
#include <doctest/doctest.h>

#include "ch7_time/time.hpp"
#include "newproc/newproc.hpp"
#include "os/clock.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

using namespace std::chrono_literals;

TEST_CASE("a sleep lasts at least as long as asked for") {
  for (const int procs : {1, 2})
    run({.procs = procs}, [] {
      for (const auto d : {1ns, 1'000ns, 100'000ns, 3'000'000ns}) {
        const std::int64_t before = os::nanotime();
        sleep(d);
        CHECK(os::nanotime() - before >= d.count());
      }
    });
}

TEST_CASE("zero and negative sleeps return at once without yielding") {
  run({.procs = 1}, [] {
    bool other = false;
    go([&other] { other = true; });
    sleep(0ns);
    sleep(-1ns);
    sleep(-1h);
    sleep(std::chrono::duration<double>(-1e30));
    sleep(std::chrono::hours::min());
    CHECK_FALSE(other);
    until_alone();
    CHECK(other);
  });
}

TEST_CASE("the longest sleep does not keep run from returning") {
  for (const int procs : {1, 2}) {
    bool woke = false;
    run({.procs = procs}, [&woke] {
      go([&woke] {
        sleep(std::chrono::hours::max());
        woke = true;
      });
      go([&woke] {
        sleep(std::chrono::nanoseconds::max());
        woke = true;
      });
      go([&woke] {
        sleep(std::chrono::duration<double>(1e300));
        woke = true;
      });
      sleep(1ms);
    });
    CHECK_FALSE(woke);
  }
}

TEST_CASE("the earliest sleeper decides when the clock rings next") {
  run({.procs = 1}, [] {
    CHECK(rt::next_timer() == 0);
    std::int64_t earliest = 0;
    for (const auto d : {3h, 1h, 2h})
      go([&earliest, d] {
        if (d == 1h) earliest = rt::getg()->wakeup_time = os::nanotime();
        sleep(d);
      });
    const std::int64_t before = os::nanotime();
    while (rt::next_timer() == 0) yield();
    for (int i = 0; i < 200; ++i) yield();  // zh: 三个都睡下了 en: all three are asleep
    const std::int64_t hour = std::chrono::nanoseconds(1h).count();
    CHECK(rt::next_timer() >= before + hour);
    CHECK(rt::next_timer() < before + 2 * hour);
  });
}

TEST_CASE("many sleepers all wake") {
  for (const int procs : {1, 2, 4}) {
    std::atomic<int> woke{0};
    const int n = goroutines_at_once(1000);
    run({.procs = procs}, [&woke, n] {
      for (int i = 0; i < n; ++i)
        go([&woke, i] {
          sleep(std::chrono::microseconds(i * 7 % 1000));
          woke.fetch_add(1);
        });
      while (woke.load() < n) sleep(100us);
    });
    CHECK(woke.load() == n);
  }
}

TEST_CASE("sleeping again and again loses no wake-up") {
  for (const int procs : {1, 2, 4}) {
    std::atomic<int> woke{0};
    run({.procs = procs}, [&woke] {
      for (int i = 0; i < 4; ++i)
        go([&woke] {
          for (int n = 0; n < repeat(300); ++n) {
            sleep(1us);
            woke.fetch_add(1);
          }
        });
      while (num_goroutine() > 1) sleep(10us);
    });
    CHECK(woke.load() == 4 * repeat(300));
  }
}

}  // namespace
}  // namespace newproc::test
