// zh: 互斥锁：只有一个在里面；等久了的得到它；可以立刻析构；误用是致命的。
// en: The mutex: one inside at a time; who waits too long gets it; it may be destroyed at once; misuse is fatal.
#include <doctest/doctest.h>

#include <memory>
#include <mutex>
#include <vector>

#include "ch6_parking/parking.hpp"
#include "sync/fatal.hpp"
#include "newproc/newproc.hpp"
#include "os/clock.hpp"
#include "parking.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

using namespace std::chrono_literals;

TEST_CASE("one at a time is inside a mutex, and sees what the one before did") {
  for (const int procs : procs_to_try) {
    constexpr int goroutines = 8;
    constexpr int each = repeat(5000);
    long count = 0;  // zh: 不是原子的 en: not atomic
    bool inside = false, two = false;
    run({.procs = procs}, [&] {
      mutex m;
      wait_group g;
      for (int i = 0; i < goroutines; ++i)
        g.go([&] {
          for (int n = 0; n < each; ++n) {
            const std::lock_guard hold(m);
            two = two || inside;
            inside = true;
            if (n % 64 == 0) yield();
            ++count;
            inside = false;
          }
        });
      g.wait();
    });
    CHECK_FALSE(two);
    CHECK(count == static_cast<long>(goroutines) * each);
  }
}

TEST_CASE("try_lock takes a free mutex only") {
  run({.procs = 2}, [] {
    mutex m;
    CHECK(m.try_lock());
    CHECK_FALSE(m.try_lock());
    m.unlock();
    std::unique_lock hold(m, std::try_to_lock);
    CHECK(hold.owns_lock());
    const auto taken = make_chan<bool>();
    go([&] { taken.send(m.try_lock()); });
    CHECK(*taken.recv() == false);
  });
}

TEST_CASE("a mutex may be unlocked by another goroutine") {
  for (const int procs : procs_to_try)
    run({.procs = procs}, [] {
      mutex m;
      m.lock();
      go([&m] { m.unlock(); });
      m.lock();
      m.unlock();
    });
}

// zh: 一个总是立刻再拿，另一个拿着睡：没有饥饿的办法，后者要等很久（Go 的 TestMutexFairness）。
// en: One takes it again at once, the other sleeps before it asks: without the starving way the latter would wait
//     for long (Go's TestMutexFairness).
TEST_CASE("one that waits for a mutex gets it though another takes it again and again") {
  for (const int procs : {2, 4}) {
    int turns = 0;
    run({.procs = procs}, [&turns] {
      mutex m;
      std::atomic<bool> stop{false};
      go([&] {
        while (!stop.load()) {
          m.lock();
          const std::int64_t start = os::nanotime();
          while (os::nanotime() - start < 100'000) {
          }
          m.unlock();
        }
      });
      for (; turns < 10; ++turns) {
        sleep(100us);
        m.lock();
        m.unlock();
      }
      stop.store(true);
      until_alone();
    });
    CHECK(turns == 10);
  }
}

// zh: 一个 P：等了一毫秒以上的，放锁就是直接交给他，新来的抢不到；他是最后一个，就换回来。
// en: One P: to one that has waited for more than a millisecond the lock is handed, and a newcomer can't take it;
//     he is the last that waits, so it goes back to the usual way.
TEST_CASE("after a millisecond the mutex is handed to the one that waits, not to a newcomer") {
  run({.procs = 1}, [] {
    mutex m;
    std::string order;
    m.lock();
    go([&] {
      m.lock();
      order += 'w';
      m.unlock();
    });
    until_parked(1);
    // zh: 第一次放：他醒来，抢输了，这时知道自己等得太久 en: the first release: it wakes and loses, and knows that it has waited too long
    const std::int64_t start = os::nanotime();
    while (os::nanotime() - start < 2'000'000) {
    }
    m.unlock();
    m.lock();
    yield();
    // zh: 第二次：直接交给他，而且让他先跑 en: the second: it is handed to him, and he runs first
    m.unlock();
    order += 'u';
    CHECK(m.try_lock());
    m.unlock();
    until_alone();
    CHECK(order == "wu");
  });
}

TEST_CASE("while a mutex is being handed over a newcomer queues") {
  run({.procs = 1}, [] {
    mutex m;
    std::string order;
    m.lock();
    for (const char name : {'a', 'b'}) {
      go([&, name] {
        m.lock();
        order += name;
        yield();
        m.unlock();
      });
      until_parked(name - 'a' + 1);
    }
    const std::int64_t start = os::nanotime();
    while (os::nanotime() - start < 2'000'000) {
    }
    m.unlock();
    m.lock();
    yield();  // zh: a 醒来抢输了，等得太久 en: a wakes, loses, has waited too long
    m.unlock();
    m.lock();
    order += 'm';
    m.unlock();
    until_alone();
    CHECK(order == "abm");
  });
}

// zh: 信号量的交接：等着的人先于放的人的下一步（Go 的 TestSemaHandoff）。
// en: The semaphore's hand-off: the one that waits runs before the next step of the one that releases (Go's
//     TestSemaHandoff).
TEST_CASE("semrelease with hand-off lets the one that waits run first") {
  for (int i = 0; i < repeat(500); ++i) {
    std::string order;
    run({.procs = 1}, [&order] {
      rt::sema s;
      go([&] {
        rt::semacquire(s, "semacquire");
        order += 'w';
      });
      until_parked(1);
      rt::semrelease(s, true);
      order += 'r';
      until_alone();
      go([&] {
        rt::semacquire(s, "semacquire");
        order += 'w';
      });
      until_parked(1);
      rt::semrelease(s, false);
      order += 'r';
      until_alone();
    });
    REQUIRE(order == "wrrw");
  }
}

// zh: 数到零的那个放开锁就析构它；前一个的放锁也许还没有返回。
// en: The one that counts to zero unlocks and destroys it; the unlock of the one before may not have returned.
TEST_CASE("a mutex may be destroyed as soon as the last that locked it has unlocked it") {
  for (const int procs : {2, 4})
    run({.procs = procs}, [] {
      struct shared {
        mutex m;
        int left = 2;
      };
      for (int i = 0; i < repeat(3000); ++i) {
        auto* s = new shared;
        const auto leave = [s] {
          s->m.lock();
          const bool last = --s->left == 0;
          s->m.unlock();
          if (last) delete s;
        };
        go(leave);
        leave();
      }
      until_alone();
    });
}

TEST_CASE("unlock of an unlocked mutex is fatal, not a panic") {
  must_die_of("unlock of unlocked mutex", [] { mutex().unlock(); });
  must_die_of("unlock of unlocked mutex", [] {
    mutex m;
    m.lock();
    m.unlock();
    m.unlock();
  });
  must_die_of("unlock of unlocked mutex", [] {
    mutex m;
    cond c;
    std::unique_lock lock(m, std::defer_lock);
    c.wait(lock);
  });
}

TEST_CASE("many goroutines and many mutexes: philosophers who take the lower one first") {
  for (const int procs : procs_to_try) {
    constexpr std::size_t n = 5;
    std::array<long, n> meals{};
    run({.procs = procs}, [&] {
      std::array<mutex, n> forks;
      wait_group g;
      for (std::size_t p = 0; p < n; ++p)
        g.go([&, p] {
          const std::size_t left = p, right = (p + 1) % n;
          for (int i = 0; i < repeat(1000); ++i) {
            const std::lock_guard first(forks[std::min(left, right)]);
            const std::lock_guard second(forks[std::max(left, right)]);
            ++meals[p];
            if (i % 16 == 0) yield();
          }
        });
      g.wait();
    });
    for (const long m : meals) CHECK(m == repeat(1000));
  }
}

}  // namespace
}  // namespace newproc::test
