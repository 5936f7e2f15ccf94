// zh: lock_os_thread 与模板线程：绑定的两边都守约，绑着退出的线程不再给人用，也不再生儿育女。
// en: lock_os_thread and the template thread: both sides keep the bond; a thread whose goroutine
//     exits bound serves nobody else and makes no further threads.
#include <doctest/doctest.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <mutex>
#include <set>

#include "ch1_entry/entry.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"
#include "death.hpp"
#include "newproc/newproc.hpp"
#include "parking.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

using namespace std::chrono_literals;

class thread_set {
 public:
  void add() {
    const std::lock_guard hold(lock_);
    all_.insert(::gettid());
  }
  bool contains(pid_t thread) {
    const std::lock_guard hold(lock_);
    return all_.contains(thread);
  }
  std::size_t size() {
    const std::lock_guard hold(lock_);
    return all_.size();
  }

 private:
  std::mutex lock_;
  std::set<pid_t> all_;
};

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

bool usr1_is_blocked() {
  sigset_t mask;
  ::pthread_sigmask(SIG_BLOCK, nullptr, &mask);
  return sigismember(&mask, SIGUSR1) != 0;
}
// zh: 线程状态的记号：新线程从父线程继承信号掩码。
// en: A mark on the thread: a new thread inherits its parent's signal mask.
void taint_this_thread() {
  sigset_t mask;
  sigemptyset(&mask);
  sigaddset(&mask, SIGUSR1);
  ::pthread_sigmask(SIG_BLOCK, &mask, nullptr);
}
void clean_this_thread() {
  sigset_t mask;
  sigemptyset(&mask);
  sigaddset(&mask, SIGUSR1);
  ::pthread_sigmask(SIG_UNBLOCK, &mask, nullptr);
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

TEST_CASE("a thread that ends with its locked goroutine makes no further threads") {
  std::atomic<int> tainted{0}, ran{0};
  // zh: 一个 P：它退出时队列里还有人等着，而没有别的线程，只好新建。
  // en: One P: when it exits a goroutine still waits in the queue. There is no other thread, so
  //     one must be made.
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
