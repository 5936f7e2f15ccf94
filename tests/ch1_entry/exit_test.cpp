// zh: goexit 与 panic：析构函数会跑，文字同 Go，退出码 2；以及在 goroutine 之外的调用。
// en: goexit and panic: destructors run, the texts are Go's, the exit code is 2; and calls outside
//     a goroutine.
#include <doctest/doctest.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>

#include <model/tunables.hpp>

#include "death.hpp"
#include "newproc/newproc.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

using namespace std::chrono_literals;

// zh: 最先构造，所以最后析构：那时别的静态对象都没有了。
// en: Built first, so destroyed last: all other static objects are gone by then.
struct last_to_go {
  void (*at_the_end)() = nullptr;
  ~last_to_go() {
    if (at_the_end != nullptr) at_the_end();
  }
};
[[gnu::init_priority(101)]] last_to_go the_last;

struct on_leaving {
  int* count;
  ~on_leaving() { ++*count; }
};

[[gnu::noinline]] void exit_at_depth(int depth, int* left) {
  if (depth < 0) return;
  const on_leaving leaving{left};
  if (depth == 0) goexit();
  exit_at_depth(depth - 1, left);
}

TEST_CASE("goexit unwinds its goroutine and nothing after it runs") {
  int left = 0, reached = 0;
  run({.procs = 1}, [&] {
    go([&] {
      const on_leaving leaving{&left};
      exit_at_depth(10, &left);
      ++reached;
    });
    until_alone();
  });
  CHECK(left == 12);
  CHECK(reached == 0);
}

TEST_CASE("a catch block that rethrows passes goexit on") {
  int caught = 0, reached = 0;
  run({.procs = 1}, [&] {
    go([&] {
      try {
        try {
          goexit();
        } catch (const std::exception&) {
          ++reached;  // zh: 它不是标准异常 en: it is no standard exception
        }
      } catch (...) {
        ++caught;
        throw;
      }
      ++reached;
    });
    until_alone();
  });
  CHECK(caught == 1);
  CHECK(reached == 0);
}

TEST_CASE("many goroutines may goexit") {
  const int n = goroutines_at_once(1000);
  int left = 0;
  run({.procs = 1}, [&] {
    for (int i = 0; i < n; ++i) go([&left] { exit_at_depth(3, &left); });
    until_alone();
  });
  CHECK(left == 4 * n);
}

TEST_CASE("a destructor that goexit unwinds may yield and go") {
  int order = 0;
  struct busy_leaving {
    int* order;
    ~busy_leaving() {
      yield();
      go([o = order] { *o = *o * 10 + 2; });
      yield();
      *order = *order * 10 + 1;
    }
  };
  run({.procs = 1}, [&order] {
    go([&order] {
      const busy_leaving leaving{&order};
      goexit();
    });
    until_alone();
  });
  CHECK((order == 21 || order == 12));
}

TEST_CASE("goexit swallowed by a catch block is fatal") {
  const ending e = in_child([] {
    run({.procs = 1}, [] {
      try {
        goexit();
      } catch (...) {
      }
    });
  });
  CHECK(e.exit_code == 2);
  CHECK(e.head(3) ==
        "fatal error: newproc: goexit was swallowed by a catch (...) that does not rethrow\n\n"
        "goroutine 1 [running]:\n");
}

TEST_CASE("panic throws a panic_error that can be caught") {
  bool caught = false;
  run({.procs = 1}, [&caught] {
    try {
      panic("boom");
    } catch (const panic_error& e) {
      caught = std::string(e.what()) == "boom";
    }
  });
  CHECK(caught);
}

TEST_CASE("an uncaught panic prints its text and exits with 2") {
  const ending e = in_child([] { run({.procs = 1}, [] { panic("boom"); }); });
  CHECK(e.exit_code == 2);
  CHECK(e.head(3) == "panic: boom\n\ngoroutine 1 [running]:\n");
}

TEST_CASE("an exception that leaves a goroutine is a panic with its what") {
  const ending e = in_child([] {
    run({.procs = 1}, [] {
      go([] { throw std::runtime_error("two\nlines"); });
      sleep(1h);
    });
  });
  CHECK(e.exit_code == 2);
  CHECK(e.head(4) == "panic: two\nlines\n\ngoroutine 2 [running]:\n");
  CHECK(e.error.find("\ncreated by ") != std::string::npos);
  CHECK(e.error.find(" in goroutine 1\n") != std::string::npos);
}

namespace named {
struct not_standard {};
}  // namespace named

TEST_CASE("an exception that is no standard one is a panic with its type") {
  const ending number = in_child([] { run({.procs = 1}, [] { throw 42; }); });
  CHECK(number.exit_code == 2);
  CHECK(number.head(1) == "panic: int\n");
  const ending other = in_child([] { run({.procs = 1}, [] { throw named::not_standard{}; }); });
  CHECK(other.exit_code == 2);
  CHECK(other.head(1) == "panic: newproc::test::(anonymous namespace)::named::not_standard\n");
}

TEST_CASE("a goroutine that ends its thread is told") {
  if (under_tsan) {
    say_skipped("TSan 自己的 pthread_exit 只许在线程原来的栈上调用",
                "TSan's own pthread_exit may be called on a thread's original stack only");
    return;
  }
  const ending e = in_child([] { run({.procs = 1}, [] { ::pthread_exit(nullptr); }); });
  CHECK(e.exit_code == 2);
  CHECK(e.error.starts_with(
      "fatal error: newproc: a goroutine was unwound by the end of its thread\n"));
}

TEST_CASE("destructors run before the panic is told") {
  const ending e = in_child([] {
    run({.procs = 1}, [] {
      struct says_so {
        ~says_so() { (void)!::write(2, "left\n", 5); }
      };
      const says_so leaving;
      panic("boom");
    });
  });
  CHECK(e.exit_code == 2);
  CHECK(e.head(2) == "left\npanic: boom\n");
}

TEST_CASE("what was printed before a fatal error is not lost") {
  const ending e = in_child([] {
    run({.procs = 1}, [] {
      std::printf("printed");
      panic("boom");
    });
  });
  CHECK(e.out == "printed");
}

template <class F>
void check_outside(const std::string& name, F call) {
  CAPTURE(name);
  const ending e = in_child([call] { call(); });
  CHECK(e.exit_code == 2);
  CHECK(e.error == "fatal error: newproc: " + name + " called outside a goroutine\n");
}

TEST_CASE("calls outside a goroutine say so and exit with 2") {
  check_outside("go", [] { go([] {}); });
  check_outside("yield", [] { yield(); });
  check_outside("goexit", [] { goexit(); });
  check_outside("goid", [] { (void)goid(); });
  check_outside("num_goroutine", [] { (void)num_goroutine(); });
  check_outside("sleep", [] { sleep(1ms); });
  check_outside("sleep", [] { sleep(0ms); });
  check_outside("lock_os_thread", [] { lock_os_thread(); });
  check_outside("unlock_os_thread", [] { unlock_os_thread(); });
}

TEST_CASE("calls on a foreign thread during a run say so") {
  check_outside("yield", [] { run({.procs = 1}, [] { std::thread([] { yield(); }).join(); }); });
  check_outside("go", [] { run({.procs = 1}, [] { std::thread([] { go([] {}); }).join(); }); });
}

TEST_CASE("calls after a run say so") {
  check_outside("yield", [] {
    run({.procs = 1}, [] {});
    yield();
  });
}

TEST_CASE("what needs no goroutine works without one") {
  CHECK(num_cpu() >= 1);
  CHECK(gomaxprocs() >= 1);
  CHECK(set_max_threads(10000) == 10000);
  CHECK_THROWS_AS(panic("here"), panic_error);
}

// zh: 一个在跑，一个停着；GOTRACEBACK 决定说几个。
// en: One runs, one is parked; GOTRACEBACK decides how many are told.
ending panic_with(const char* setting) {
  return in_child([setting] {
    if (setting == nullptr)
      ::unsetenv("GOTRACEBACK");
    else
      ::setenv("GOTRACEBACK", setting, 1);
    run({.procs = 1}, [] {
      go([] { sleep(1h); });
      yield();
      panic("boom");
    });
  });
}

bool tells(const ending& e, const char* part) { return e.error.find(part) != std::string::npos; }

TEST_CASE("GOTRACEBACK decides how much a panic tells") {
  for (const char* setting : {static_cast<const char*>(nullptr), "single", "nonsense", ""}) {
    const ending e = panic_with(setting);
    CHECK(e.exit_code == 2);
    CHECK(e.error.starts_with("panic: boom\n\ngoroutine 1 [running]:\n"));
    CHECK_FALSE(tells(e, "goroutine 2"));
  }
  const ending none = panic_with("none");
  CHECK(none.exit_code == 2);
  CHECK(none.error == "panic: boom\n");
  for (const char* setting : {"all", "system"}) {
    const ending e = panic_with(setting);
    CHECK(e.exit_code == 2);
    CHECK(tells(e, "\n\ngoroutine 1 [running]:\n"));
    CHECK(tells(e, "\ngoroutine 2 [sleep]:\n"));
  }
  const ending crash = panic_with("crash");
  CHECK(crash.signal == SIGABRT);
  CHECK(tells(crash, "\ngoroutine 2 [sleep]:\n"));
}

// zh: exit 正在析构静态对象，别的 M 照样在造 goroutine：每个都要一个新的 G 和一个新的栈。
// en: While exit destroys static objects another M goes on making goroutines, each of which wants a
//     new G and a new stack.
TEST_CASE("exit while another M makes goroutines harms nothing") {
  const ending e = in_child([] {
    static std::atomic<int> made;  // zh: 平凡的析构 en: its destructor is trivial
    static const auto chain = [](const auto& next) -> void {
      made.fetch_add(1);
      go([&next] { next(next); });
      sleep(1h);
    };
    the_last.at_the_end = [] {
      for (const int enough = made.load() + 2 * static_cast<int>(rt::stacks_per_region);
           made.load() < enough;)
        ::sched_yield();
    };
    return run({.procs = 2}, []() -> int {
      go([] { chain(chain); });
      while (made.load() < 10) yield();
      std::exit(41);
    });
  });
  CHECK(e.signal == 0);
  CHECK(e.exit_code == 41);
  CHECK(e.error == "");
}

// zh: 找泄漏的清洁器看得见停着的 goroutine 手里的东西：栈上的，和闭包里的。
// en: A sanitizer that searches for leaks sees what parked goroutines hold: on their stacks, and in
//     their closures.
TEST_CASE("what parked goroutines hold at exit is not leaked") {
  const ending e = in_child([] {
    return run({.procs = 2}, []() -> int {
      for (int i = 0; i < 3; ++i) {
        go([held = std::make_unique<std::string>(100, 'c')] { sleep(1h); });
        go([] {
          const auto held = std::make_unique<std::string>(100, 's');
          sleep(1h);
        });
      }
      for (int i = 0; i < 10; ++i) yield();
      std::exit(41);
    });
  });
  CHECK(e.signal == 0);
  CHECK(e.exit_code == 41);
  CHECK(e.error == "");
}

}  // namespace
}  // namespace newproc::test
