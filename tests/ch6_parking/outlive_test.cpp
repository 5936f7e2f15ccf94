// zh: 比一次运行长命的通道：等着的人随运行而去，不留在队里；句柄在运行之外照样能复制、问、丢掉。
// en: Channels that outlive a run: those that wait go with the run and don't stay in the queues; outside of runs
//     handles may be copied, asked and dropped as ever.
#include <doctest/doctest.h>

#include <memory>
#include <thread>
#include <vector>

#include "ch6_parking/inside.hpp"
#include "newproc/newproc.hpp"
#include "parking.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

TEST_CASE("values wait in a channel from one run to the next") {
  const auto c = make_chan<int>(3);
  run({.procs = 1}, [&c] {
    c.send(1);
    c.send(2);
  });
  CHECK(c.len() == 2);
  run({.procs = 2}, [&c] {
    CHECK(c.recv() == 1);
    CHECK(c.recv() == 2);
    c.close();
  });
  run({.procs = 1}, [&c] { CHECK(c.recv() == std::nullopt); });
}

TEST_CASE("none waits in a channel after the run in which it waited") {
  for (const int procs : procs_to_try)
    for (const std::size_t capacity : {0u, 1u}) {
      const auto in = make_chan<int>(capacity), out = make_chan<int>(capacity);
      for (int round = 0; round < 20; ++round) {
        run({.procs = procs}, [&] {
          for (int i = 0; i < 3; ++i) {
            go([&in] { (void)in.recv(); });
            go([&out] {
              for (;;) out.send(1);
            });
            go([&] { select(on_recv(in), on_send(out, 1), on_recv(in)); });
          }
          until_others_park();
        });
        run({.procs = procs}, [&] {
          int v = 0;
          if (capacity == 0) CHECK(in.try_send(7) == chan_op::full);
          while (out.try_recv(v) == chan_op::success) {
          }
          CHECK(out.try_recv(v) == chan_op::empty);
          // zh: 队是空的，照样能排 en: the queues are empty, and work
          go([&in] { in.send(5); });
          CHECK(in.recv() == 5);
          until_alone();
        });
      }
    }
}

// zh: 轮到了，还没跑，运行就结束了：不在队里，也没有别的队里的它。
// en: Its turn has come, but the run ends before it runs: it is in no queue, nor are its other sudogs.
TEST_CASE("one that was let go on when the run ended leaves nothing behind either") {
  for (const int procs : procs_to_try) {
    const auto a = make_chan<int>(), b = make_chan<int>();
    for (int round = 0; round < 50; ++round) {
      run({.procs = procs}, [&] {
        for (int i = 0; i < 4; ++i) go([&] { select(on_recv(a), on_recv(b)); });
        until_parked(4);
        a.send(1);
        a.send(2);
      });
      run({.procs = procs}, [&] {
        CHECK(a.try_send(1) == chan_op::full);
        CHECK(b.try_send(1) == chan_op::full);
      });
    }
  }
}

TEST_CASE("a channel may be dropped while goroutines wait in it") {
  for (const int procs : procs_to_try)
    for (int round = 0; round < 20; ++round)
      run({.procs = procs}, [] {
        // zh: 它们用的是引用，不是句柄的副本 en: they use a reference, not a copy of the handle
        auto c = std::make_unique<chan<int>>(make_chan<int>());
        for (int i = 0; i < 3; ++i)
          go([&c = *c, i] {
            if (i == 0)
              c.send(1);
            else
              (void)c.recv();
          });
        until_others_park();
        c.reset();
        const auto next = make_chan<int>();
        CHECK(next.try_send(1) == chan_op::full);
        int v = 0;
        CHECK(next.try_recv(v) == chan_op::empty);
      });
}

TEST_CASE("handles are copied, asked and dropped on threads outside") {
  const auto c = make_chan<std::shared_ptr<int>>(100);
  std::atomic<bool> over{false};
  std::vector<std::thread> outside;
  for (int t = 0; t < 3; ++t)
    outside.emplace_back([&] {
      std::size_t most = 0;
      while (!over.load()) {
        const auto copy = c;
        most = std::max(most, copy.len());
        auto another = make_chan<int>(2);
        another = {};
      }
      CHECK(most <= c.cap());
    });
  run({.procs = 2}, [&] {
    wait_group g;
    for (int i = 0; i < 2; ++i) g.go([c] { for (int n = 0; n < repeat(3000); ++n) c.send(std::make_shared<int>(n)); });
    go([&, c] {
      g.wait();
      c.close();
    });
    int received = 0;
    for (const auto& v : c) received += *v >= 0;
    CHECK(received == 2 * repeat(3000));
  });
  over.store(true);
  for (std::thread& t : outside) t.join();
}

TEST_CASE("pending time-outs of a run are gone in the next") {
  for (const int procs : procs_to_try) {
    chan<time_point> kept;
    std::size_t fired = 0;
    run({.procs = procs}, [&] {
      for (int i = 0; i < 10; ++i) (void)after(std::chrono::hours(1));
      kept = after(std::chrono::milliseconds(10));
    });
    fired = kept.len();  // zh: 很慢的机器上也许已经到了 en: on a very slow machine it may have come already
    run({.procs = procs}, [&] {
      sleep(std::chrono::milliseconds(12));
      CHECK(kept.len() == fired);
    });
  }
}

TEST_CASE("a sudog goes back clean, and each is used by one at a time") {
  run({.procs = 1}, [] {
    rt::G* g = rt::getg();
    std::vector<rt::sudog*> held;
    constexpr int n = 3 * rt::sudog_high;
    for (int i = 0; i < n; ++i) {
      rt::sudog* sg = rt::acquireSudog(g);
      CHECK(sg->g == g);
      CHECK(sg->elem == nullptr);
      CHECK(sg->next == nullptr);
      CHECK(sg->prev == nullptr);
      CHECK(sg->c == nullptr);
      CHECK(sg->waitlink == nullptr);
      CHECK_FALSE(sg->isSelect);
      CHECK(std::find(held.begin(), held.end(), sg) == held.end());
      held.push_back(sg);
    }
    for (rt::sudog* sg : held) rt::releaseSudog(sg);
    CHECK(g->m->p->sudogcache.n < rt::sudog_high);
  });
}

}  // namespace
}  // namespace newproc::test
