// zh: 绑着的 goroutine 怎样结束：它的线程随它结束，不再给人用，也不再生儿育女；run 照样结束。
// en: How locked goroutines end: the thread ends with its goroutine, serves no other and makes no
//     further threads; and a run ends as always.
#include <doctest/doctest.h>

#include <thread>

#include "ch4_machine/machine.hpp"
#include "ch4_machine/threads.hpp"
#include "death.hpp"
#include "newproc/newproc.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

using namespace std::chrono_literals;

TEST_CASE("a thread that ends with its locked goroutine makes no further threads") {
  std::atomic<int> tainted{0}, ran{0};
  // zh: 一个 P：它退出时队列里还有人等着，而没有别的线程，只好新建。
  // en: One P: when the thread exits a goroutine still waits in the queue. There is no other thread,
  //     so one must be made.
  std::thread([&] {
    run({.procs = 1}, [&] {
      go([&] {
        lock_os_thread();
        taint_this_thread();
        go([&] {
          ran.fetch_add(1);
          if (usr1_is_blocked()) tainted.fetch_add(1);
        });
      });
      until_alone();
    });
  }).join();
  CHECK(ran.load() == 1);
  CHECK(tainted.load() == 0);
}

TEST_CASE("a goroutine that exits locked ends its thread and the run goes on") {
  for (const int procs : {1, 2, 4}) {
    constexpr int n = 20;
    thread_set ended;
    std::atomic<int> reused{0};
    std::int64_t freed = 0;
    run({.procs = procs}, [&] {
      for (int i = 0; i < n; ++i) {
        go([&] {
          lock_os_thread();
          if (ended.contains(::gettid())) reused.fetch_add(1);
          ended.add();
        });
        until_alone();
      }
      for (int i = 0; i < 20; ++i)
        go([&] {
          if (ended.contains(::gettid())) reused.fetch_add(1);
        });
      until_alone();
      // zh: 线程的结束在 goroutine 的结束之后；等到都记了账。
      // en: The threads end after their goroutines; wait until all are in the books.
      while (freed < n) {
        yield();
        const rt::sched_lock_guard hold(rt::sched.lock);
        freed = rt::sched.nmfreed;
      }
    });
    CHECK(freed == n);
    CHECK(ended.size() == n);
    CHECK(reused.load() == 0);
  }
}

TEST_CASE("a goroutine may exit locked on the thread that called run") {
  pid_t caller = 0, exited_on = 0, returned_on = 0;
  std::thread([&] {
    caller = ::gettid();
    run({.procs = 1}, [&] {
      // zh: 只有一个 P 和一个线程，所以它就在调用者的线程上。
      // en: One P and one thread: so it runs on the caller's.
      go([&] {
        exited_on = ::gettid();
        lock_os_thread();
      });
      until_alone();
      CHECK(::gettid() != caller);
    });
    returned_on = ::gettid();
  }).join();
  CHECK(exited_on == caller);
  CHECK(returned_on == caller);
}

TEST_CASE("a locked main goroutine may return") {
  for (const int procs : {1, 2})
    CHECK(run({.procs = procs}, [] {
            lock_os_thread();
            for (int i = 0; i < 10; ++i) go([] { yield(); });
            yield();
            return 9;
          }) == 9);
}

TEST_CASE("a locked main goroutine may goexit and the others go on to the deadlock") {
  const ending e = in_child([] {
    run({.procs = 2}, [] {
      lock_os_thread();
      go([] {
        for (int i = 0; i < 100; ++i) yield();
        std::printf("went on");
      });
      goexit();
    });
  });
  CHECK(e.out == "went on");
  CHECK(e.exit_code == 2);
  CHECK(e.error == "fatal error: no goroutines (main called runtime.Goexit) - deadlock!\n");
}

TEST_CASE("a run may end while locked goroutines wait for their turn") {
  for (int i = 0; i < repeat(100); ++i) {
    run({.procs = 1 + i % 3}, [] {
      for (int n = 0; n < 5; ++n)
        go([] {
          lock_os_thread();
          for (;;) yield();
        });
      for (int n = 0; n < 5; ++n)
        go([] {
          lock_os_thread();
          sleep(1h);
        });
      for (int n = 0; n < 20; ++n) yield();
    });
  }
  CHECK(rt::sched.nmlive.load() == 0);
}

}  // namespace
}  // namespace newproc::test
