// zh: 条件变量：signal 叫醒等得最久的，broadcast 叫醒此刻等着的，通知不丢也不被抢。
// en: The condition variable: signal wakes the one that has waited longest, broadcast those that wait now; no
//     notification is lost or taken by others.
#include <doctest/doctest.h>

#include <deque>
#include <mutex>

#include "ch6_parking/parking.hpp"
#include "newproc/newproc.hpp"
#include "parking.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

TEST_CASE("signal wakes one, and the one that has waited longest") {
  for (const int procs : procs_to_try)
    run({.procs = procs}, [] {
      mutex m;
      cond c;
      std::string order;
      for (const char name : {'a', 'b', 'c', 'd'}) {
        go([&, name] {
          std::unique_lock lock(m);
          c.wait(lock);
          order += name;
        });
        until_parked(name - 'a' + 1);
      }
      for (int left = 3; left >= 0; --left) {
        {
          const std::lock_guard hold(m);
          c.signal();
        }
        while (num_goroutine() > left + 1) yield();
      }
      CHECK(order == "abcd");
      c.signal();  // zh: 没有人等 en: none waits
      c.broadcast();
    });
}

TEST_CASE("broadcast wakes those that wait, and none that comes later") {
  for (const int procs : procs_to_try)
    run({.procs = procs}, [] {
      mutex m;
      cond c;
      std::atomic<int> woken{0};
      const auto waiter = [&] {
        std::unique_lock lock(m);
        c.wait(lock);
        woken.fetch_add(1);
      };
      for (int i = 0; i < 20; ++i) go(waiter);
      until_parked(20);
      c.broadcast();
      until_alone();
      CHECK(woken.load() == 20);
      go(waiter);
      until_parked(1);
      CHECK(woken.load() == 20);
      c.signal();
      until_alone();
    });
}

// zh: 号已领，还没来排队，通知就到了：他来了就走，后来的号拿不走它。
// en: A ticket is drawn, its owner has not queued yet, and the notification comes: it need not wait then, and a
//     later ticket can't take it away.
TEST_CASE("a notification that comes before its waiter has queued is kept for it") {
  run({.procs = 1}, [] {
    rt::notifyList l;
    const std::uint32_t first = rt::notifyListAdd(l);
    bool second_woken = false;
    go([&] {
      rt::notifyListWait(l, rt::notifyListAdd(l));
      second_woken = true;
    });
    until_parked(1);
    rt::notifyListNotifyOne(l);
    yield();
    CHECK_FALSE(second_woken);
    rt::notifyListWait(l, first);  // zh: 立即返回 en: returns at once
    rt::notifyListNotifyOne(l);
    until_alone();
    CHECK(second_woken);
  });
}

TEST_CASE("tickets may wrap around") {
  run({.procs = 1}, [] {
    rt::notifyList l;
    constexpr std::uint32_t near_the_end = ~std::uint32_t{0} - 2;
    (void)rt::notifyListAdd(l);
    l.wait.store(near_the_end);
    l.notify.store(near_the_end);
    std::string order;
    for (const char name : {'a', 'b', 'c', 'd', 'e'}) {
      go([&, name] {
        rt::notifyListWait(l, rt::notifyListAdd(l));
        order += name;
      });
      until_parked(name - 'a' + 1);
    }
    for (int i = 0; i < 5; ++i) {
      rt::notifyListNotifyOne(l);
      yield();
    }
    until_alone();
    CHECK(order == "abcde");
  });
}

TEST_CASE("a bounded queue of two conditions loses nothing") {
  for (const int procs : procs_to_try) {
    constexpr int producers = 3, consumers = 3;
    constexpr int each = repeat(2000);
    long sum = 0;
    run({.procs = procs}, [&] {
      mutex m;
      cond not_empty, not_full;
      std::deque<int> queue;
      wait_group g;
      for (int p = 0; p < producers; ++p)
        g.go([&] {
          for (int i = 1; i <= each; ++i) {
            std::unique_lock lock(m);
            not_full.wait(lock, [&] { return queue.size() < 2; });
            queue.push_back(i);
            not_empty.signal();
          }
        });
      for (int r = 0; r < consumers; ++r)
        g.go([&] {
          for (int i = 0; i < each; ++i) {
            std::unique_lock lock(m);
            not_empty.wait(lock, [&] { return !queue.empty(); });
            sum += queue.front();
            queue.pop_front();
            not_full.signal();
          }
        });
      g.wait();
    });
    CHECK(sum == static_cast<long>(producers) * each * (each + 1) / 2);
  }
}

TEST_CASE("a condition variable may be destroyed as soon as the last that waited has woken") {
  for (const int procs : {2, 4})
    run({.procs = procs}, [] {
      for (int i = 0; i < repeat(2000); ++i) {
        mutex m;
        bool ready = false;
        const auto over = make_chan<int>();
        {
          cond c;
          go([&] {
            // zh: 拿着锁通知：之后不再碰 c en: notifies with the lock held, and does not touch c afterwards
            {
              const std::lock_guard hold(m);
              ready = true;
              c.signal();
            }
            over.send(0);
          });
          std::unique_lock lock(m);
          c.wait(lock, [&] { return ready; });
        }
        (void)over.recv();
      }
    });
}

}  // namespace
}  // namespace newproc::test
