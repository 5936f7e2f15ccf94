// zh: run：返回什么，什么时候不许调用，一次之后还可以再来。
// en: run: what it returns, when it must not be called, and that it may be called again.
#include <doctest/doctest.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <future>
#include <stdexcept>

#include "model/current.hpp"
#include "model/gmp.hpp"
#include "newproc/newproc.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

using namespace std::chrono_literals;

TEST_CASE("run returns what its function returns") {
  CHECK(run([] { return 42; }) == 42);
  CHECK(run([] { return -1; }) == -1);
  CHECK(run([] { return true; }) == 1);
  CHECK(run([] {}) == 0);
  CHECK(run([] { return std::string("not a number"); }) == 0);
}

TEST_CASE("run takes functions that can only be moved") {
  CHECK(run([p = std::make_unique<int>(7)] { return *p; }) == 7);
}

TEST_CASE("each run starts with goroutine 1 and it alone") {
  for (int i = 0; i < 3; ++i)
    run([] {
      CHECK(goid() == 1);
      CHECK(num_goroutine() == 1);
      for (int n = 0; n < 20; ++n) go([] {});
    });
}

TEST_CASE("many runs in a row") {
  for (int i = 0; i < repeat(100); ++i) {
    std::atomic<int> done{0};
    const int result = run({.procs = 1 + i % 4}, [&done, i] {
      for (int n = 0; n < 20; ++n) go([&done] { done.fetch_add(1); });
      while (done.load() < 20) yield();
      return i;
    });
    REQUIRE(result == i);
  }
}

TEST_CASE("run returns although other goroutines have not finished") {
  bool later = false;
  run({.procs = 2}, [&later] {
    for (int i = 0; i < repeat(100); ++i)
      go([&later] {
        sleep(1h);
        later = true;
      });
    for (int i = 0; i < repeat(100); ++i)
      go([] {
        for (;;) yield();
      });
    yield();
  });
  CHECK_FALSE(later);
}

TEST_CASE("run within a goroutine throws a logic_error and harms nothing") {
  const int result = run({.procs = 1}, [] {
    CHECK_THROWS_AS(run([] {}), std::logic_error);
    int inner = 0;
    go([&inner] {
      try {
        run([] {});
      } catch (const std::logic_error& e) {
        inner = std::string(e.what()) == "newproc: run called inside a goroutine" ? 1 : 2;
      }
    });
    until_alone();
    return inner;
  });
  CHECK(result == 1);
  CHECK(run([] { return 3; }) == 3);
}

TEST_CASE("run while another thread runs throws a logic_error") {
  std::string told;
  run([&told] {
    std::thread([&told] {
      try {
        run([] {});
      } catch (const std::logic_error& e) {
        told = e.what();
      }
    }).join();
  });
  CHECK(told == "newproc: run called while another run goes on");
  CHECK(run([] { return 3; }) == 3);
}

TEST_CASE("run works on any thread and returns on it") {
  for (int i = 0; i < 10; ++i) {
    int result = 0;
    bool same = false;
    std::thread([&] {
      const pthread_t before = ::pthread_self();
      result = run({.procs = 2}, [] {
        for (int n = 0; n < 20; ++n) go([] { yield(); });
        until_alone();
        return 5;
      });
      same = ::pthread_equal(before, ::pthread_self()) != 0;
    }).join();
    CHECK(result == 5);
    CHECK(same);
  }
  CHECK(run([] { return 3; }) == 3);
}

TEST_CASE("run has as many Ps as asked for") {
  for (const int procs : {1, 2, 7, 1024}) {
    CHECK(run({.procs = procs}, [] { return gomaxprocs(); }) == procs);
    CHECK(rt::sched.gomaxprocs == procs);
  }
  CHECK(run({.procs = 5000}, [] { return gomaxprocs(); }) == 1024);
}

TEST_CASE("stacks are as large as asked for but not below the minimum") {
  const auto usable = [](std::size_t stack_bytes) {
    return run({.procs = 1, .stack_bytes = stack_bytes}, [] {
      const rt::G* g = rt::getg();
      return static_cast<int>(g->stack.hi - g->stack.lo);
    });
  };
  constexpr int page = 4096;
  const auto about = [](int got, std::size_t asked) {
    const int expected = static_cast<int>(asked);
    return got <= expected && got >= expected - page;
  };
  CHECK(about(usable(0), rt::stack_default));
  CHECK(about(usable(1), rt::stack_minimum));
  CHECK(about(usable(100'000), 102'400));  // zh: 进到整页 en: rounded up to pages
  CHECK(about(usable(1 << 20), 1 << 20));
}

TEST_CASE("the thread that called run keeps its signal mask") {
  const auto blocked = [](int signal) {
    sigset_t mask;
    ::pthread_sigmask(SIG_BLOCK, nullptr, &mask);
    return ::sigismember(&mask, signal) == 1;
  };
  const auto change = [](int how, int signal) {
    sigset_t mask;
    ::sigemptyset(&mask);
    ::sigaddset(&mask, signal);
    ::pthread_sigmask(how, &mask, nullptr);
  };
  std::thread([&] {
    change(SIG_BLOCK, SIGUSR2);
    const pid_t caller = ::gettid();
    pid_t changed = 0;
    run({.procs = 1}, [&] {
      // zh: 只有一个 P 和一个线程，所以它就在调用者的线程上。
      // en: One P and one thread: so it runs on the caller's.
      go([&] {
        lock_os_thread();
        changed = ::gettid();
        change(SIG_BLOCK, SIGUSR1);
        change(SIG_UNBLOCK, SIGUSR2);
      });
      until_alone();
    });
    CHECK(changed == caller);
    CHECK_FALSE(blocked(SIGUSR1));
    CHECK(blocked(SIGUSR2));
  }).join();
}

TEST_CASE("after run its threads are gone and its counters remain") {
  run({.procs = 4}, [] {
    for (int n = 0; n < repeat(1000); ++n) go([] { yield(); });
    until_alone();
  });
  CHECK(rt::sched.nmlive.load() == 0);
  const rt::statistics total = rt::count_all();
  CHECK(total.runs >= static_cast<std::uint64_t>(repeat(1000)) + 1);
  CHECK(total.threads >= 1);
}

}  // namespace
}  // namespace newproc::test
