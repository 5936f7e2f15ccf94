// zh: C++ 不让我们做的事（docs/zh/limits.md）：那一页说的，凡能安全地做给人看的，都在这里。
// en: What C++ does not let us do (docs/en/limits.md): whatever that page says and can be shown
//     without harm is shown here.
#include <doctest/doctest.h>
#include <sys/single_threaded.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <thread>

#include "death.hpp"
#include "elsewhere.hpp"
#include "newproc/newproc.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

using namespace std::chrono_literals;

thread_local int of_the_thread = 0;

// zh: 问的都是此刻的线程：编译器看不见里面，也就不能记住上次的答案。
// en: Both ask about the thread of this moment: the compiler can't look inside, so it can't keep the
//     last answer.
struct places {
  int* variable;
  int* error;
};
[[gnu::noinline]] places where_now() {
  places here{&of_the_thread, &errno};
  asm volatile("" : "+r"(here.variable), "+r"(here.error) : : "memory");
  return here;
}

TEST_CASE("a thread_local and errno belong to the thread and not to the goroutine") {
  run({.procs = 2}, [] {
    const places before = where_now();
    *before.variable = 1;
    go_elsewhere();
    const places after = where_now();
    CHECK(after.variable != before.variable);
    CHECK(after.error != before.error);
    CHECK(*after.variable == 0);
  });
}

int slow_seven() {
  yield();
  return 7;
}

int lazy_seven() {
  static const int value = slow_seven();
  return value;
}

TEST_CASE("a static local whose initialiser yields ends the program when another needs it too") {
  if (under_tsan) {
    say_skipped("TSan 自己看守静态变量", "TSan guards static variables by itself");
    return;
  }
  // zh: 进程里只有一个线程时，libstdc++ 认得出来，抛出异常；有过第二个线程，就永远等下去。
  // en: libstdc++ notices while the process has one thread, and throws; after a second one it waits
  //     for ever.
  constexpr int had_threads = 77;
  const ending e = in_child([] {
    if (!__libc_single_threaded) return had_threads;
    return run({.procs = 1}, [] {
      go([] { lazy_seven(); });
      return lazy_seven();
    });
  });
  if (e.exit_code == had_threads) {
    say_skipped("这个进程有过别的线程", "this process has had other threads");
    return;
  }
  CAPTURE(e.error);
  // zh: 编译器当它不会抛出的，当场中止；内联之后抛得出来的，就是没人捕获的异常。
  // en: Where the compiler takes it for a call that can't throw: aborted on the spot. Where it was
  //     inlined and can: an exception that nobody catches.
  const bool aborted =
      e.signal == SIGABRT && e.error.find("recursive_init_error") != std::string::npos;
  const bool panicked = e.exit_code == 2 && e.error.starts_with("panic: std::exception\n");
  CHECK((aborted || panicked));
}

TEST_CASE("a static local that is initialised before the go statements serves all of them") {
  run({.procs = 2}, [] {
    static const int value = slow_seven();
    int right = 0;
    for (int i = 0; i < 10; ++i) {
      go([&right] { right += value == 7; });
      until_alone();
    }
    CHECK(right == 10);
  });
}

TEST_CASE("a goroutine that run abandons is not unwound") {
  bool unwound = false;
  run({.procs = 1}, [&unwound] {
    go([&unwound] {
      struct says_so {
        bool& told;
        ~says_so() { told = true; }
      };
      const says_so leaving{unwound};
      sleep(1h);
    });
    yield();
  });
  CHECK_FALSE(unwound);
}

TEST_CASE("run returns only after a goroutine that computes has come back to the scheduler") {
  std::atomic<bool> computing{false}, main_left{false}, enough{false}, done{false};
  std::thread releaser([&] {
    while (!main_left.load()) os::thread_yield();
    enough.store(true);
  });
  run({.procs = 2}, [&] {
    go([&] {
      computing.store(true);
      while (!enough.load()) os::thread_yield();
      done.store(true);
    });
    while (!computing.load()) os::thread_yield();
    main_left.store(true);
  });
  CHECK(done.load());
  releaser.join();
}

TEST_CASE("nobody else runs on a P while its goroutine is in a blocking system call") {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  std::atomic<bool> reading{false};
  std::thread writer([&] {
    while (!reading.load()) os::thread_yield();
    (void)!::write(ends[1], "x", 1);
  });
  bool other_ran = false, ran_meanwhile = true;
  run({.procs = 1}, [&] {
    go([&] { other_ran = true; });
    char byte = 0;
    reading.store(true);
    (void)!::read(ends[0], &byte, 1);
    ran_meanwhile = other_ran;
    until_alone();
  });
  writer.join();
  CHECK_FALSE(ran_meanwhile);
  CHECK(other_ran);
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST_CASE("a goroutine may fork if the child leaves at once") {
  int status = -1;
  run({.procs = 2}, [&status] {
    go([] {});
    const pid_t child = ::fork();
    if (child == 0) ::_exit(7);
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    until_alone();
  });
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 7);
}

}  // namespace
}  // namespace newproc::test
