// zh: select 的承诺：恰有一个情形发生，可行的里面等概率，没有等到的不留痕迹。
// en: What select promises: exactly one case happens, each that can with equal chance, and those that were not
//     chosen leave no trace.
#include <doctest/doctest.h>

#include <atomic>
#include <cmath>
#include <memory>
#include <vector>

#include "death.hpp"
#include "newproc/newproc.hpp"
#include "parking.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

using namespace std::chrono_literals;

TEST_CASE("select does the one case that can go on and returns which") {
  for (const int procs : procs_to_try)
    run({.procs = procs}, [] {
      const auto a = make_chan<int>(1), b = make_chan<int>(1);
      const auto text = make_chan<std::string>(1);
      b.send(7);
      int got = 0;
      bool sent = false;
      CHECK(select(on_recv(a, [&](std::optional<int>) { FAIL("empty"); }),
                   on_recv(b, [&](std::optional<int> v) { got = *v; })) == 1);
      CHECK(got == 7);
      CHECK(select(on_recv(a), on_send(text, "a word", [&] { sent = true; })) == 1);
      CHECK(sent);
      CHECK(text.recv() == "a word");
      a.close();
      bool closed = false;
      CHECK(select(on_recv(b), on_recv(a, [&](std::optional<int> v) { closed = !v; })) == 1);
      CHECK(closed);
    });
}

TEST_CASE("with otherwise a select never waits") {
  for (const int procs : procs_to_try)
    run({.procs = procs}, [] {
      const auto a = make_chan<int>(1);
      bool ran = false;
      CHECK(select(otherwise([&] { ran = true; })) == 0);
      CHECK(ran);
      CHECK(select(on_recv(a), otherwise()) == 1);
      CHECK(select(on_recv(a), on_recv(a), otherwise()) == 2);
      CHECK(select(on_send(a, 1), otherwise()) == 0);
      CHECK(select(on_send(a, 2), otherwise()) == 1);
      CHECK(select(on_send(a, 2), on_send(a, 3), otherwise()) == 2);
      CHECK(select(on_recv(a), otherwise()) == 0);
      CHECK(select(on_recv(chan<int>{}), otherwise()) == 1);
      CHECK(select(on_recv(chan<int>{}), on_send(chan<int>{}, 1), otherwise()) == 2);
      a.close();
      CHECK(select(on_recv(a), otherwise()) == 0);
    });
}

TEST_CASE("a case of a nil channel is never chosen") {
  for (const int procs : procs_to_try)
    run({.procs = procs}, [] {
      const chan<int> nil;
      const auto a = make_chan<int>();
      go([a] { a.send(1); });
      CHECK(select(on_recv(nil), on_send(nil, 1), on_recv(a), on_recv(nil)) == 2);
      bool went_on = false;
      go([&] {
        select(on_recv(nil), on_send(nil, 1));
        went_on = true;
      });
      go([&] {
        select();
        went_on = true;
      });
      go([&] {
        select(std::span<select_case>{});
        went_on = true;
      });
      until_parked(3);
      CHECK_FALSE(went_on);
    });
}

// zh: 四个都可行，选一万两千次：每个应得三千；偏出 6 个标准差的概率小于 1e-8。
// en: Four can go on, and it is chosen 12,000 times: 3,000 each; 6 standard deviations off is a chance below 1e-8.
template <class F>
void must_be_uniform(std::size_t cases, F choose) {
  const int n = 12'000;
  std::vector<int> times(cases);
  for (int i = 0; i < n; ++i) ++times[choose()];
  const double expected = static_cast<double>(n) / static_cast<double>(cases);
  const double deviation = std::sqrt(expected * (1 - 1 / static_cast<double>(cases)));
  for (const int t : times) {
    CAPTURE(t);
    CHECK(std::abs(t - expected) < 6 * deviation);
  }
}

TEST_CASE("each case that can go on is equally likely") {
  for (const int procs : {1, 2})
    run({.procs = procs}, [] {
      const auto full = make_chan<int>(20'000), room = make_chan<int>(20'000), none = make_chan<int>();
      const auto closed = make_chan<int>();
      for (int i = 0; i < 20'000; ++i) full.send(i);
      closed.close();
      must_be_uniform(2, [&] { return select(on_recv(full), on_recv(closed)); });
      must_be_uniform(3, [&] { return select(on_recv(closed), on_recv(closed), on_recv(closed)); });
      // zh: 不可行的夹在中间，也不该偏袒它的邻居 en: those that can't, in between, must not favour their neighbours
      must_be_uniform(4, [&] {
        constexpr std::size_t number[] = {0, 9, 9, 1, 2, 9, 3};
        return number[select(on_recv(closed), on_recv(none), on_recv(chan<int>{}), on_recv(closed),
                             on_send(room, 1), on_recv(none), on_recv(closed))];
      });
    });
}

TEST_CASE("a select that waits gets what comes, a value or a close, from either channel") {
  for (const int procs : procs_to_try)
    run({.procs = procs}, [] {
      for (int i = 0; i < repeat(100); ++i) {
        const auto a = make_chan<int>(), b = make_chan<int>();
        std::atomic<int> got{0};
        const auto waiter = [&got, a, b] {
          select(on_recv(a, [&](std::optional<int> v) { got.store(v ? *v : -1); }),
                 on_recv(b, [&](std::optional<int> v) { got.store(v ? *v + 100 : -2); }));
        };
        const auto expect = [&](int value, auto what) {
          got.store(0);
          go(waiter);
          until_parked(1);
          what();
          until_alone();
          CHECK(got.load() == value);
        };
        expect(1, [&] { a.send(1); });
        expect(102, [&] { CHECK(b.try_send(2) == chan_op::success); });
        expect(-2, [&] { b.close(); });
        got.store(0);
        waiter();  // zh: 关着的总是可行 en: a closed one always can
        CHECK(got.load() == -2);
      }
    });
}

TEST_CASE("a select that waits to send hands its value over, or panics when the channel is closed") {
  for (const int procs : procs_to_try)
    run({.procs = procs}, [] {
      const auto a = make_chan<int>(), b = make_chan<int>();
      std::atomic<int> chosen{-1};
      std::atomic<bool> panicked{false};
      const auto waiter = [&, a, b] {
        try {
          chosen.store(static_cast<int>(select(on_send(a, 1), on_send(b, 2))));
        } catch (const panic_error& e) {
          panicked.store(std::string(e.what()) == "send on closed channel");
        }
      };
      go(waiter);
      until_parked(1);
      CHECK(b.recv() == 2);
      until_alone();
      CHECK(chosen.load() == 1);
      go(waiter);
      until_parked(1);
      a.close();
      until_alone();
      CHECK(panicked.load());
      panicked.store(false);
      chosen.store(-1);
      // zh: 关着的那个可行，选中就 panic en: the closed one can go on; chosen, it panics
      waiter();
      CHECK(panicked.load());
    });
}

TEST_CASE("what a select did not choose leaves nothing behind in those channels") {
  for (const int procs : procs_to_try)
    run({.procs = procs}, [] {
      for (int i = 0; i < repeat(200); ++i) {
        const auto a = make_chan<int>(), b = make_chan<int>(), c = make_chan<int>();
        go([=] { select(on_recv(a), on_recv(b), on_send(c, 1)); });
        until_parked(1);
        a.send(1);
        until_alone();
        int v = 0;
        CHECK(a.try_send(1) == chan_op::full);
        CHECK(b.try_send(1) == chan_op::full);
        CHECK(c.try_recv(v) == chan_op::empty);
      }
    });
}

TEST_CASE("the same channel in several cases: one happens, and none is left") {
  for (const int procs : procs_to_try)
    run({.procs = procs}, [] {
      for (int i = 0; i < repeat(200); ++i) {
        const auto a = make_chan<int>();
        std::atomic<int> got{0};
        go([&, a] {
          select(on_recv(a, [&](std::optional<int> v) { got.fetch_add(*v); }),
                 on_recv(a, [&](std::optional<int> v) { got.fetch_add(*v); }),
                 on_recv(a, [&](std::optional<int> v) { got.fetch_add(*v); }));
        });
        until_parked(1);
        a.send(5);
        until_alone();
        CHECK(got.load() == 5);
        CHECK(a.try_send(1) == chan_op::full);
      }
    });
}

TEST_CASE("a select that sends to and receives from one channel does not deal with itself") {
  for (const int procs : procs_to_try)
    run({.procs = procs}, [] {
      for (int i = 0; i < repeat(200); ++i) {
        const auto a = make_chan<int>();
        std::atomic<int> received{0}, sent{0};
        const auto both = [&, a](int v) {
          select(on_send(a, v, [&] { sent.fetch_add(1); }),
                 on_recv(a, [&](std::optional<int> got) { received.fetch_add(*got); }));
        };
        go(both, 1);
        until_parked(1);
        CHECK(sent.load() + received.load() == 0);
        both(2);  // zh: 两个这样的互相做成 en: two such deal with each other
        until_alone();
        CHECK(sent.load() == 1);
        CHECK((received.load() == 1 || received.load() == 2));
        CHECK(a.try_send(1) == chan_op::full);
        int v = 0;
        CHECK(a.try_recv(v) == chan_op::empty);
      }
    });
}

TEST_CASE("two goroutines that select the same channels in opposite orders do not block each other") {
  for (const int procs : procs_to_try) {
    constexpr int n = repeat(20'000);
    std::atomic<int> sum{0};
    run({.procs = procs}, [&] {
      const auto a = make_chan<int>(), b = make_chan<int>();
      wait_group g;
      g.go([=] {
        for (int i = 0; i < n; ++i) select(on_send(a, 1), on_send(b, 1));
      });
      g.go([=] {
        for (int i = 0; i < n; ++i) select(on_send(b, 1), on_send(a, 1));
      });
      for (int r = 0; r < 2; ++r)
        g.go([&, a, b, r] {
          const auto add = [&](std::optional<int> v) { sum.fetch_add(*v); };
          for (int i = 0; i < n; ++i) {
            if (r == 0)
              select(on_recv(a, add), on_recv(b, add));
            else
              select(on_recv(b, add), on_recv(a, add));
          }
        });
      g.wait();
    });
    CHECK(sum.load() == 2 * n);
  }
}

// zh: 每个 select 都同时排在许多队里；有人从各队同时来，恰有一个赢。
// en: Each select stands in many queues, and others come to all of them at once: exactly one wins.
TEST_CASE("of many that come to one select at once exactly one is dealt with") {
  for (const int procs : procs_to_try) {
    constexpr std::size_t channels = 4;
    constexpr int n = repeat(5'000);
    std::atomic<int> sent{0}, received{0};
    run({.procs = procs}, [&] {
      std::array<chan<int>, channels> cs;
      for (auto& c : cs) c = make_chan<int>();
      wait_group g;
      for (const auto& c : cs)
        g.go([&, c] {
          for (int i = 0; i < n; ++i)
            if (c.try_send(1) == chan_op::success)
              sent.fetch_add(1);
            else
              yield();
        });
      std::atomic<bool> over{false};
      const auto stop = make_chan<int>();
      go([&, cs, stop] {
        const auto add = [&](std::optional<int> v) { received.fetch_add(*v); };
        bool stopped = false;
        while (!stopped)
          select(on_recv(cs[0], add), on_recv(cs[1], add), on_recv(cs[2], add), on_recv(cs[3], add),
                 on_recv(stop, [&] { stopped = true; }));
        over.store(true);
      });
      g.wait();
      stop.send(0);
      until_alone();
      CHECK(over.load());
    });
    CHECK(sent.load() == received.load());
  }
}

TEST_CASE("close during a select wakes it once, with the right case") {
  for (const int procs : procs_to_try)
    run({.procs = procs}, [] {
      for (int i = 0; i < repeat(500); ++i) {
        const auto a = make_chan<int>(), b = make_chan<int>();
        std::atomic<int> woken{0}, right{0};
        for (int s = 0; s < 3; ++s)
          go([&, a, b] {
            const std::size_t which = select(on_recv(a, [&](std::optional<int> v) { right.fetch_add(!v); }), on_recv(b));
            woken.fetch_add(which == 0);
          });
        until_parked(3);
        a.close();
        until_alone();
        CHECK(woken.load() == 3);
        CHECK(right.load() == 3);
      }
    });
}

TEST_CASE("handlers run with nothing locked: they may wait, select again, throw") {
  for (const int procs : procs_to_try)
    run({.procs = procs}, [] {
      const auto a = make_chan<int>(1), b = make_chan<int>(1);
      a.send(1);
      int got = 0;
      select(on_recv(a,
                     [&](std::optional<int> v) {
                       a.send(*v + 1);
                       select(on_recv(a, [&](std::optional<int> again) { got = *again; }), on_recv(b));
                     }),
             on_recv(b));
      CHECK(got == 2);
      a.send(3);
      CHECK_THROWS_AS(select(on_recv(a, [](std::optional<int>) { throw std::runtime_error("handler"); }), on_recv(b)),
                      std::runtime_error);
      CHECK(a.len() == 0);
    });
}

TEST_CASE("a case keeps its channel alive, and values that can only be moved go through") {
  run({.procs = 1}, [] {
    auto a = make_chan<std::unique_ptr<int>>(1);
    auto put = on_send(a, std::make_unique<int>(4));
    const auto same = a;
    a = {};
    CHECK(select(put) == 0);
    int got = 0;
    CHECK(select(on_recv(same, [&](std::optional<std::unique_ptr<int>> v) { got = **v; })) == 0);
    CHECK(got == 4);
  });
}

TEST_CASE("a select among a number of cases that is known at run time only") {
  for (const int procs : procs_to_try)
    for (const int n : {1, 2, 16, 17, 5000})
      run({.procs = procs}, [n] {
        std::vector<chan<int>> channels;
        std::vector<select_case> cases;
        int got = -1;
        for (int i = 0; i < n; ++i) {
          channels.push_back(make_chan<int>());
          cases.emplace_back(on_recv(channels.back(), [&got](std::optional<int> v) { got = *v; }));
        }
        for (int round = 0; round < 3; ++round) {
          const auto which = static_cast<std::size_t>((round * 7919 + 3) % n);
          go([c = channels[which], round] { c.send(round); });
          CHECK(select(std::span(cases)) == which);
          CHECK(got == round);
        }
        // zh: 谁也没有留下 en: none is left behind
        for (const auto& c : channels) CHECK(c.try_send(0) == chan_op::full);
      });
}

TEST_CASE("cases may be used again: what was not sent stays, what was sent is moved from") {
  run({.procs = 1}, [] {
    const auto a = make_chan<std::string>(1), b = make_chan<std::string>(1);
    int others = 0;
    std::vector<select_case> cases;
    cases.emplace_back(on_send(a, std::string(100, 'a')));
    cases.emplace_back(on_send(b, std::string(100, 'b')));
    cases.emplace_back(otherwise([&others] { ++others; }));
    const std::size_t first = select(cases);
    REQUIRE(first < 2);
    CHECK(select(cases) == 1 - first);
    CHECK(select(cases) == 2);
    CHECK(others == 1);
    CHECK(a.recv() == std::string(100, 'a'));
    CHECK(b.recv() == std::string(100, 'b'));
    const std::size_t again = select(cases);
    REQUIRE(again < 2);
    CHECK((again == 0 ? a : b).recv() == "");
  });
}

TEST_CASE("otherwise that does not stand last is told") {
  run({.procs = 1}, [] {
    std::vector<select_case> cases;
    cases.emplace_back(otherwise());
    cases.emplace_back(on_recv(make_chan<int>()));
    CHECK_THROWS_WITH_AS(select(cases), "newproc: otherwise must stand last in a select", panic_error);
  });
}

TEST_CASE("after makes a time-out") {
  for (const int procs : procs_to_try)
    run({.procs = procs}, [] {
      const auto a = make_chan<int>();
      const auto before = std::chrono::steady_clock::now();
      time_point told{};
      CHECK(select(on_recv(a), on_recv(after(2ms), [&](std::optional<time_point> t) { told = *t; })) == 1);
      CHECK(told - before >= 2ms);
      CHECK(std::chrono::steady_clock::now() >= told);
      go([a] { a.send(1); });
      CHECK(select(on_recv(a), on_recv(after(std::chrono::hours(1)))) == 0);
      CHECK(select(on_recv(a), on_recv(after(0ms))) == 1);
      CHECK(select(on_recv(a), on_recv(after(std::chrono::hours::min())), on_recv(after(std::chrono::hours::max()))) == 1);
    });
}

}  // namespace
}  // namespace newproc::test
