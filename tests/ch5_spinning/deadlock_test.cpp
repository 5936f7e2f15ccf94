// zh: 再也没有人会动的时候，要说出来；还有人睡着、还有人在跑，就不是。
// en: When no goroutine will ever move again, that must be told. While one sleeps or runs, it is
//     not so.
#include <doctest/doctest.h>

#include "ch1_entry/entry.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "death.hpp"
#include "newproc/newproc.hpp"
#include "parking.hpp"

namespace newproc::test {
namespace {

using namespace std::chrono_literals;

constexpr const char* no_goroutines =
    "fatal error: no goroutines (main called runtime.Goexit) - deadlock!\n";

TEST_CASE("main's goexit with nobody left is told and exits with 2") {
  for (const int procs : {1, 2, 4}) {
    const ending e = in_child([procs] { run({.procs = procs}, [] { goexit(); }); });
    CHECK(e.exit_code == 2);
    CHECK(e.error == no_goroutines);
  }
}

TEST_CASE("main's goexit lets the others go on") {
  for (const int procs : {1, 2, 4}) {
    const ending e = in_child([procs] {
      run({.procs = procs}, [] {
        for (int i = 0; i < 10; ++i)
          go([] {
            for (int n = 0; n < 10; ++n) yield();
            sleep(2ms);
            std::printf(".");
          });
        goexit();
      });
    });
    CHECK(e.out == "..........");
    CHECK(e.exit_code == 2);
    CHECK(e.error == no_goroutines);
  }
}

TEST_CASE("all goroutines asleep is told with a paragraph for each") {
  for (const int procs : {1, 2}) {
    const ending e = in_child([procs] {
      run({.procs = procs}, [] {
        go(park);
        go(park);
        park();
      });
    });
    CHECK(e.exit_code == 2);
    CHECK(e.head(3) ==
          "fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [chan receive]:\n");
    CHECK(e.error.find("\n\ngoroutine 2 [chan receive]:\n") != std::string::npos);
    CHECK(e.error.find("\n\ngoroutine 3 [chan receive]:\n") != std::string::npos);
    CHECK(e.error.find(" in goroutine 1\n") != std::string::npos);
  }
}

TEST_CASE("a runnable goroutine that nobody holds is told, with all the others") {
  const ending e = in_child([] {
    ::setenv("GOTRACEBACK", "all", 1);
    run({.procs = 1}, [] {
      go([] {
        rt::mcall([](rt::G* g) {
          rt::casgstatus(g, rt::Grunning, rt::Grunnable);
          rt::dropg();
        });
      });
      park();
    });
  });
  CHECK(e.exit_code == 2);
  CHECK(e.error.starts_with("fatal error: checkdead: runnable g\n"));
  CHECK(e.error.find("\n\ngoroutine 2 [runnable]:\n") != std::string::npos);
}

TEST_CASE("asleep while locked to a thread is told so") {
  const ending e = in_child([] {
    run({.procs = 2}, [] {
      lock_os_thread();
      park();
    });
  });
  CHECK(e.exit_code == 2);
  CHECK(e.head(3) ==
        "fatal error: all goroutines are asleep - deadlock!\n\n"
        "goroutine 1 [chan receive, locked to thread]:\n");
}

TEST_CASE("a goroutine asleep until a time is no deadlock") {
  for (const int procs : {1, 2, 4}) {
    const ending e = in_child([procs] {
      return run({.procs = procs}, [] {
        go(park);
        for (int i = 0; i < 20; ++i) sleep(200us);
        return 7;
      });
    });
    CHECK(e.exit_code == 7);
    CHECK(e.error.empty());
  }
}

}  // namespace
}  // namespace newproc::test
