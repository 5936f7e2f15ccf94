// zh: 线程的上限，和系统不肯再给线程的时候。
// en: The limit on threads, and a system that refuses another one.
#include <doctest/doctest.h>
#include <pthread.h>
#include <sys/resource.h>

#include <fstream>

#include "death.hpp"
#include "newproc/newproc.hpp"
#include "os/pages.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

using namespace std::chrono_literals;

TEST_CASE("more threads than allowed is fatal") {
  const ending e = in_child([] {
    set_max_threads(5);
    run({.procs = 2}, [] {
      for (int i = 0; i < 10; ++i)
        go([] {
          lock_os_thread();
          sleep(1h);
        });
      sleep(1h);
    });
  });
  CHECK(e.exit_code == 2);
  CHECK(e.head(2) == "runtime: program exceeds 5-thread limit\nfatal error: thread exhaustion\n");
}

TEST_CASE("a limit below the present number of threads is fatal at once") {
  const ending e = in_child([] {
    run({.procs = 1}, [] {
      // zh: 现在有两个线程：m0 和模板线程
      // en: two threads now: m0 and the template thread
      lock_os_thread();
      set_max_threads(1);
    });
  });
  CHECK(e.exit_code == 2);
  CHECK(e.head(2) == "runtime: program exceeds 1-thread limit\nfatal error: thread exhaustion\n");
}

TEST_CASE("a limit that is not exceeded does no harm and the previous one is returned") {
  const ending e = in_child([] {
    if (set_max_threads(50) != 10000) return 1;
    return run({.procs = 4}, [] {
      if (set_max_threads(60) != 50) return 2;
      for (int i = 0; i < repeat(1000); ++i) go([] { yield(); });
      until_alone();
      return 0;
    });
  });
  CHECK(e.exit_code == 0);
  CHECK(e.error.empty());
}

TEST_CASE("a thread that the system refuses is told") {
  if (under_asan || under_tsan) {
    say_skipped("清洁器自己要的地址空间就超过这里的限制",
                "the sanitizer's own address space exceeds the limit set here");
    return;
  }
  const ending e = in_child([] {
    run({.procs = 2}, [] {
      std::size_t pages = 0;
      std::ifstream("/proc/self/statm") >> pages;
      // zh: 几兆给堆：等着再试的时候，别的线程照跑，它们要的几百字节得有。
      // en: Some megabytes for the heap: others run on while it is tried again, and the few hundred
      //     bytes that they want must be there.
      const std::size_t limit = pages * 4096 + 4'000'000;
      const rlimit present{limit, limit};
      ::setrlimit(RLIMIT_AS, &present);
      // zh: 每个都要一个线程；C 库留着的几个旧栈用完之后，就再也放不下了。
      // en: Each wants a thread; once the few old stacks that the C library keeps are used up,
      //     there is no room for another.
      for (int i = 0; i < 50; ++i)
        go([] {
          lock_os_thread();
          sleep(1h);
        });
      sleep(1h);
    });
  });
  CAPTURE(e.error);
  CHECK(e.exit_code == 2);
  const std::string first = e.head(1);
  CHECK(first.starts_with("runtime: failed to create new OS thread (have "));
  CHECK(first.ends_with(" already; errno=11)\n"));
  CHECK(e.head(3).substr(first.size()) ==
        "runtime: may need to increase max user processes (ulimit -u)\n"
        "fatal error: newosproc\n");
}

// zh: 本进程的地址空间有多大（字节）。 en: The size of this process's address space, in bytes.
std::size_t address_space() {
  std::ifstream file("/proc/self/statm");
  std::size_t pages = 0;
  file >> pages;
  return pages * os::page_bytes;
}

std::size_t thread_stack_bytes() {
  pthread_attr_t attributes;
  ::pthread_attr_init(&attributes);
  std::size_t bytes = 0;
  ::pthread_attr_getstacksize(&attributes, &bytes);
  ::pthread_attr_destroy(&attributes);
  return bytes;
}

// zh: 没有回收的线程，栈还在。最后几个也许还没有结束，所以容许剩下一小部分。
// en: A thread that was not freed still has its stack. The last few may not have ended yet, so some may
//     be left.
TEST_CASE("threads that end with their goroutine are freed before the run ends") {
  const int threads = repeat(1000);
  std::size_t before = 0, after = 0;
  run({.procs = 2}, [&] {
    const auto one_by_one = [](int n) {
      for (int i = 0; i < n; ++i) {
        go([] { lock_os_thread(); });
        until_alone();
      }
    };
    one_by_one(10);
    before = address_space();
    one_by_one(threads);
    after = address_space();
  });
  CAPTURE(before);
  CAPTURE(after);
  CHECK(after < before + static_cast<std::size_t>(threads) / 5 * thread_stack_bytes());
}

}  // namespace
}  // namespace newproc::test
