// zh: lock_os_thread 与模板线程：绑定的两边都守约，绑着的 goroutine 所要的新线程由模板线程来造。
// en: lock_os_thread and the template thread: both sides keep the bond, and the new threads that a
//     locked goroutine needs are made by the template thread.
#include <doctest/doctest.h>

#include "ch2_goroutine/goroutine.hpp"
#include "ch4_machine/threads.hpp"
#include "newproc/newproc.hpp"
#include "parking.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

using namespace std::chrono_literals;

TEST_CASE("a locked goroutine keeps its thread and nobody else gets it") {
  for (const int procs : {1, 2, 4}) {
    thread_set others;
    pid_t mine = 0;
    int strayed = 0;
    run({.procs = procs}, [&] {
      lock_os_thread();
      mine = ::gettid();
      for (int i = 0; i < 50; ++i)
        go([&others] {
          for (int n = 0; n < 5; ++n) {
            others.add();
            yield();
          }
        });
      while (num_goroutine() > 1) {
        yield();
        strayed += ::gettid() != mine;
      }
      sleep(1ms);
      strayed += ::gettid() != mine;
      unlock_os_thread();
    });
    CHECK(strayed == 0);
    CHECK_FALSE(others.contains(mine));
    CHECK(others.size() >= 1);
  }
}

TEST_CASE("many locked goroutines have a thread each") {
  for (const int procs : {1, 2}) {
    thread_set threads;
    std::atomic<int> strayed{0};
    constexpr int n = 20;
    run({.procs = procs}, [&] {
      std::atomic<int> locked{0};
      for (int i = 0; i < n; ++i)
        go([&] {
          lock_os_thread();
          const pid_t mine = ::gettid();
          threads.add();
          locked.fetch_add(1);
          while (locked.load() < n) yield();
          for (int k = 0; k < 10; ++k) {
            yield();
            if (::gettid() != mine) strayed.fetch_add(1);
          }
          unlock_os_thread();
        });
      until_alone();
    });
    CHECK(threads.size() == n);
    CHECK(strayed.load() == 0);
  }
}

TEST_CASE("locks nest and an unlock too many does nothing") {
  run({.procs = 1}, [] {
    unlock_os_thread();
    lock_os_thread();
    lock_os_thread();
    unlock_os_thread();
    const rt::G* g = rt::getg();
    CHECK(static_cast<rt::M*>(g->lockedm) == static_cast<rt::M*>(g->m));
    unlock_os_thread();
    CHECK(static_cast<rt::M*>(g->lockedm) == nullptr);
    unlock_os_thread();
    CHECK(static_cast<rt::M*>(g->lockedm) == nullptr);
  });
}

TEST_CASE("threads made for a locked goroutine come from the template thread") {
  for (const int procs : {1, 2, 4}) {
    std::atomic<int> tainted{0}, ran{0};
    run({.procs = procs}, [&] {
      lock_os_thread();
      taint_this_thread();
      for (int i = 0; i < 50; ++i)
        go([&] {
          ran.fetch_add(1);
          if (usr1_is_blocked()) tainted.fetch_add(1);
          yield();
        });
      until_alone();
      clean_this_thread();
      unlock_os_thread();
    });
    CHECK(ran.load() == 50);
    CHECK(tainted.load() == 0);
  }
}

// zh: 绑定的 G 排到队头时，别人的让出不得把它挤到队尾：那样它就永远轮不到。
//     三个 P 被占住，第四个上有三个不停让出的 G 和一个绑定的 G。
// en: When a locked G has come to the queue's head, another's yield must not move it to the tail:
//     it would never get its turn. Three Ps are held; on the fourth three Gs yield all the time
//     beside a locked one.
TEST_CASE("a locked goroutine is not passed over for ever by those that yield") {
  std::atomic<bool> release{false};
  int turns_until_then = 0;
  run({.procs = 4}, [&] {
    std::atomic<int> holders{0};
    std::atomic<bool> locked{false}, had_its_turn{false};
    std::atomic<int> turns{0};
    rt::G* bound = nullptr;
    go([&] {
      lock_os_thread();
      bound = rt::getg();
      locked.store(true);
      // zh: 停在一旁，直到被放进全局队列。 en: Steps aside until it is put on the global queue.
      park();
      had_its_turn.store(true);
    });
    while (!locked.load() || bound->status() != rt::Gwaiting) yield();
    for (int i = 0; i < 3; ++i)
      go([&] {
        holders.fetch_add(1);
        while (!release.load()) os::thread_yield();
      });
    while (holders.load() < 3) yield();
    for (int i = 0; i < 3; ++i)
      go([&] {
        while (!release.load()) {
          if (had_its_turn.load() || turns.fetch_add(1) > 30'000) release.store(true);
          yield();
        }
      });
    let_go_on(bound);
    until_alone();
    turns_until_then = turns.load();
  });
  CHECK(turns_until_then < 1000);
}

}  // namespace
}  // namespace newproc::test
