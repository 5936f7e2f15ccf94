// zh: 整个世界的启动与停止，一遍又一遍；停下的那一刻，别的 goroutine 正在排队、睡着、绑着线程、
//     跑着。
// en: The whole world started and stopped, over and over; at the moment it stops, other goroutines
//     are queued, asleep, bound to threads, running.
#include <doctest/doctest.h>

#include "model/gmp.hpp"
#include "newproc/newproc.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

using namespace std::chrono_literals;

constexpr int worlds = repeat(200);

// zh: 结束之后，没有 goroutine 再动一下。 en: After the end no goroutine moves any more.
template <class F>
void start_and_stop(F leave_behind) {
  for (int i = 0; i < worlds; ++i) {
    std::atomic<std::uint64_t> moves{0};
    const int result = run({.procs = 1 + i % 4}, [&, i] {
      leave_behind(moves);
      for (int n = i % 7; n > 0; --n) yield();
      return i;
    });
    const std::uint64_t at_the_end = moves.load();
    REQUIRE(result == i);
    REQUIRE(rt::sched.nmlive.load() == 0);
    REQUIRE(moves.load() == at_the_end);
  }
}

TEST_CASE("a world may end at once") {
  start_and_stop([](auto&) {});
}

TEST_CASE("a world may end while goroutines are queued") {
  start_and_stop([](auto& moves) {
    for (int n = 0; n < repeat(300); ++n) go([&moves] { moves.fetch_add(1); });
  });
}

TEST_CASE("a world may end while goroutines yield") {
  start_and_stop([](auto& moves) {
    for (int n = 0; n < 20; ++n)
      go([&moves] {
        for (;;) {
          moves.fetch_add(1);
          yield();
        }
      });
  });
}

TEST_CASE("a world may end while goroutines spawn") {
  start_and_stop([](auto& moves) {
    for (int n = 0; n < 4; ++n)
      go([&moves] {
        for (;;) {
          go([&moves] { moves.fetch_add(1); });
          yield();
        }
      });
  });
}

TEST_CASE("a world may end while goroutines sleep and wake") {
  start_and_stop([](auto& moves) {
    for (int n = 0; n < 20; ++n)
      go([&moves, n] {
        for (;;) {
          sleep(n % 2 == 0 ? 1us : 1h);
          moves.fetch_add(1);
        }
      });
    sleep(20us);
  });
}

TEST_CASE("a world may end while goroutines are bound to threads") {
  start_and_stop([](auto& moves) {
    for (int n = 0; n < 4; ++n)
      go([&moves, n] {
        lock_os_thread();
        moves.fetch_add(1);
        if (n == 0) return;  // zh: 绑着退出 en: exits bound
        for (;;) n == 1 ? sleep(1h) : yield();
      });
    yield();
  });
}

TEST_CASE("a world may end on a bound main goroutine") {
  start_and_stop([](auto& moves) {
    lock_os_thread();
    for (int n = 0; n < 20; ++n)
      go([&moves] {
        moves.fetch_add(1);
        yield();
      });
    yield();
  });
}

TEST_CASE("a world may be started by a new thread each time") {
  for (int i = 0; i < worlds / 4; ++i)
    std::thread([i] {
      run({.procs = 1 + i % 4}, [] {
        for (int n = 0; n < 50; ++n) go([] { yield(); });
        yield();
      });
    }).join();
  CHECK(rt::sched.nmlive.load() == 0);
}

}  // namespace
}  // namespace newproc::test
