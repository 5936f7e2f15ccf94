// zh: 公开接口的行为，五个检查点都得做到：它们只在快慢和费电上不同，不在结果上。
// en: The behaviour of the public interface that all five checkpoints must show: they differ in
//     speed and in power burnt, not in results.
#include <doctest/doctest.h>

#include <atomic>
#include <memory>
#include <set>
#include <stdexcept>

#include "death.hpp"
#include "newproc/newproc.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

using namespace std::chrono_literals;

constexpr int procs_to_try[] = {1, 2, 4};

TEST_CASE("the program of the document runs") {
  const ending e = in_child([] {
    run([] {
      go([] { std::printf("hello world"); });
      sleep(50ms);
      // zh: 替身可能还没轮到它；等它跑完。 en: A stand-in may not have come to it yet; wait for it.
      until_alone();
    });
  });
  CHECK(e.exit_code == 0);
  CHECK(e.out == "hello world");
  CHECK(e.error.empty());
}

TEST_CASE("run returns what main returns") {
  for (const int procs : procs_to_try) {
    CHECK(run({.procs = procs}, [] { return 42; }) == 42);
    CHECK(run({.procs = procs}, [] {}) == 0);
  }
}

TEST_CASE("each of 10000 goroutines runs exactly once") {
  const int n = goroutines_at_once(10'000);
  for (const int procs : procs_to_try) {
    const auto times = std::make_unique<std::atomic<int>[]>(static_cast<std::size_t>(n));
    run({.procs = procs}, [&] {
      std::atomic<int> done{0};
      for (int i = 0; i < n; ++i)
        go([&, i] {
          times[static_cast<std::size_t>(i)].fetch_add(1);
          done.fetch_add(1);
        });
      while (done.load() < n) yield();
    });
    bool once = true;
    for (int i = 0; i < n; ++i) once = once && times[static_cast<std::size_t>(i)].load() == 1;
    CHECK(once);
  }
}

void tree(int depth, std::atomic<int>* leaves) {
  if (depth == 0) {
    leaves->fetch_add(1);
    return;
  }
  go(tree, depth - 1, leaves);
  go(tree, depth - 1, leaves);
}

TEST_CASE("a tree of goroutines reaches every leaf") {
  constexpr int depth = under_tsan ? 6 : 12;
  for (const int procs : procs_to_try) {
    std::atomic<int> leaves{0};
    run({.procs = procs}, [&leaves] {
      tree(depth, &leaves);
      while (leaves.load() < 1 << depth) yield();
    });
    CHECK(leaves.load() == 1 << depth);
  }
}

TEST_CASE("two goroutines that yield play ping-pong") {
  for (const int procs : procs_to_try) {
    constexpr int rounds = 1000;
    std::atomic<int> ball{0};
    run({.procs = procs}, [&ball] {
      const auto player = [&ball](int side) {
        for (int i = 0; i < rounds; ++i) {
          while (ball.load() % 2 != side) yield();
          ball.fetch_add(1);
        }
      };
      go(player, 0);
      go(player, 1);
      until_alone();
    });
    CHECK(ball.load() == 2 * rounds);
  }
}

TEST_CASE("a sleeper sleeps as long as it asked for and others run meanwhile") {
  for (const int procs : procs_to_try) {
    std::atomic<int> turns{0};
    bool too_short = false;
    run({.procs = procs}, [&] {
      std::atomic<bool> stop{false};
      go([&] {
        while (!stop.load()) {
          turns.fetch_add(1);
          yield();
        }
      });
      while (turns.load() == 0) {
        const auto before = std::chrono::steady_clock::now();
        sleep(5ms);
        too_short = too_short || std::chrono::steady_clock::now() - before < 5ms;
      }
      stop.store(true);
      until_alone();
    });
    CHECK_FALSE(too_short);
    CHECK(turns.load() >= 1);
  }
}

TEST_CASE("many sleepers all wake") {
  for (const int procs : procs_to_try) {
    std::atomic<int> woke{0};
    run({.procs = procs}, [&woke] {
      for (int i = 0; i < 100; ++i)
        go([&woke, i] {
          sleep(std::chrono::microseconds(50 * (i % 10)));
          woke.fetch_add(1);
        });
      until_alone();
    });
    CHECK(woke.load() == 100);
  }
}

TEST_CASE("every goroutine has a number of its own and main is 1") {
  for (const int procs : procs_to_try)
    run({.procs = procs}, [] {
      CHECK(goid() == 1);
      constexpr std::size_t n = 100;
      std::array<std::atomic<std::int64_t>, n> ids{};
      for (std::size_t i = 0; i < n; ++i)
        go([&ids, i] {
          const std::int64_t mine = goid();
          yield();
          ids[i].store(goid() == mine ? mine : -1);
        });
      until_alone();
      const std::set<std::int64_t> different(ids.begin(), ids.end());
      CHECK(different.size() == n);
      CHECK(*different.begin() > 1);
    });
}

TEST_CASE("captures that can only be moved arrive and are destroyed") {
  for (const int procs : procs_to_try) {
    const auto shared = std::make_shared<int>(7);
    std::atomic<int> sum{0};
    run({.procs = procs}, [&] {
      for (int i = 0; i < 100; ++i) {
        go([&sum, shared, p = std::make_unique<int>(i)] { sum.fetch_add(*p + *shared); });
        go([&sum](std::unique_ptr<int> p) { sum.fetch_add(*p); }, std::make_unique<int>(1));
      }
      until_alone();
    });
    CHECK(sum.load() == 4950 + 700 + 100);
    CHECK(shared.use_count() == 1);
  }
}

TEST_CASE("captures may be aligned to a page") {
  struct alignas(4096) page {
    std::array<char, 4096> bytes{};
    page() = default;
    page(const page& other) : bytes(other.bytes) {}
  };
  for (const int procs : procs_to_try) {
    std::atomic<int> right{0};
    run({.procs = procs}, [&right] {
      for (int i = 0; i < 20; ++i)
        go([&right, p = page{}] {
          auto address = reinterpret_cast<std::uintptr_t>(&p);
          asm volatile("" : "+r"(address));
          if (address % 4096 == 0) right.fetch_add(1);
        });
      until_alone();
    });
    CHECK(right.load() == 20);
  }
}

TEST_CASE("a move that throws inside go leaves no goroutine behind") {
  struct refuses {
    refuses() = default;
    refuses(refuses&&) { throw std::runtime_error("moved"); }
    void operator()() const {}
  };
  for (const int procs : procs_to_try)
    run({.procs = procs}, [] {
      for (int i = 0; i < 100; ++i) CHECK_THROWS_AS(go(refuses{}), std::runtime_error);
      CHECK(num_goroutine() == 1);
      std::atomic<bool> ran{false};
      go([&ran] { ran.store(true); });
      until_alone();
      CHECK(ran.load());
    });
}

TEST_CASE("exceptions stay with their goroutine across yields") {
  for (const int procs : procs_to_try) {
    std::atomic<int> right{0};
    run({.procs = procs}, [&right] {
      for (int n = 0; n < 50; ++n)
        go([n, &right] {
          const std::string mine = std::to_string(n);
          int good = 0;
          for (int i = 0; i < 10; ++i) try {
              try {
                throw std::runtime_error(mine);
              } catch (...) {
                yield();
                throw;
              }
            } catch (const std::runtime_error& e) {
              good += e.what() == mine && std::uncaught_exceptions() == 0;
            }
          if (good == 10) right.fetch_add(1);
        });
      until_alone();
    });
    CHECK(right.load() == 50);
  }
}

TEST_CASE("goexit unwinds one goroutine and the others go on") {
  for (const int procs : procs_to_try) {
    std::atomic<int> left{0}, reached{0};
    struct on_leaving {
      std::atomic<int>* count;
      ~on_leaving() { count->fetch_add(1); }
    };
    run({.procs = procs}, [&] {
      for (int i = 0; i < 100; ++i)
        go([&, i] {
          const on_leaving leaving{&left};
          yield();
          if (i % 2 == 0) goexit();
          reached.fetch_add(1);
        });
      until_alone();
    });
    CHECK(left.load() == 100);
    CHECK(reached.load() == 50);
  }
}

TEST_CASE("num_goroutine counts the living") {
  run({.procs = 1}, [] {
    CHECK(num_goroutine() == 1);
    for (int i = 0; i < 100; ++i) go([] { yield(); });
    CHECK(num_goroutine() == 101);
    until_alone();
    CHECK(num_goroutine() == 1);
  });
}

TEST_CASE("run may be called again and starts afresh") {
  for (int i = 0; i < repeat(20); ++i) {
    int first_id = 0, alone = 0;
    run({.procs = 1 + i % 3}, [&] {
      first_id = static_cast<int>(goid());
      alone = num_goroutine();
      for (int n = 0; n < 50; ++n)
        go([] {
          for (;;) yield();
        });
      for (int n = 0; n < 10; ++n) go([] { sleep(1h); });
      for (int n = 0; n < 10; ++n) yield();
    });
    CHECK(first_id == 1);
    CHECK(alone == 1);
  }
}

TEST_CASE("run inside a goroutine throws a logic_error") {
  run([] { CHECK_THROWS_AS(run([] {}), std::logic_error); });
}

TEST_CASE("a panic prints the text of Go and exits with 2") {
  for (const int procs : procs_to_try) {
    const ending e = in_child([procs] {
      run({.procs = procs}, [] {
        go([] { panic("boom"); });
        for (;;) yield();
      });
    });
    CHECK(e.exit_code == 2);
    CHECK(e.head(3) == "panic: boom\n\ngoroutine 2 [running]:\n");
  }
}

TEST_CASE("go of nil func value is fatal") {
  const ending e = in_child([] { run([] { go(static_cast<void (*)()>(nullptr)); }); });
  CHECK(e.exit_code == 2);
  CHECK(e.head(1) == "fatal error: go of nil func value\n");
}

TEST_CASE("calls outside a goroutine are fatal") {
  const ending e = in_child([] { yield(); });
  CHECK(e.exit_code == 2);
  CHECK(e.error == "fatal error: newproc: yield called outside a goroutine\n");
}

}  // namespace
}  // namespace newproc::test
