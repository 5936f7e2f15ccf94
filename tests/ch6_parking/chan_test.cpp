// zh: 通道的承诺：值不丢、不重、不越位；没有缓冲的碰了面才走；关闭叫醒所有人；nil 永远等着。
// en: What channels promise: no value is lost, doubled or overtaken; without a buffer both sides meet; a close
//     wakes all; nil waits for ever.
#include <doctest/doctest.h>

#include <atomic>
#include <numeric>
#include <vector>

#include "newproc/newproc.hpp"
#include "parking.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

using numbers = std::vector<int>;
TEST_CASE("an unbuffered send returns only after a receiver has taken the value") {
  for (const int procs : procs_to_try)
    run({.procs = procs}, [] {
      for (int i = 0; i < repeat(200); ++i) {
        const auto c = make_chan<int>();
        std::atomic<int> sent{0};
        go([&, c] {
          c.send(7);
          sent.store(1);
          c.send(8);
          sent.store(2);
        });
        until_parked(1);
        CHECK(sent.load() == 0);
        CHECK(c.recv() == 7);
        until_parked(1);
        CHECK(sent.load() == 1);
        CHECK(c.recv() == 8);
        until_alone();
        CHECK(sent.load() == 2);
      }
    });
}

TEST_CASE("what comes out of a buffer is in the order in which it went in, round and round") {
  for (const std::size_t capacity : {1u, 2u, 3u, 7u, 64u, 1000u})
    run({.procs = 1}, [capacity] {
      const auto c = make_chan<int>(capacity);
      CHECK(c.cap() == capacity);
      const int n = static_cast<int>(capacity);
      int in = 0, out = 0;
      // zh: 装满、留一半、再装满：绕过环尾许多次 en: fill, leave half, fill again: past the ring's end many times
      for (int round = 0; round < 10; ++round) {
        while (in - out < n) c.send(in++);
        CHECK(c.len() == capacity);
        CHECK(c.try_send(-1) == chan_op::full);
        while (in - out > n / 2) CHECK(c.recv() == out++);
        CHECK(c.len() == static_cast<std::size_t>(n / 2));
      }
    });
}

TEST_CASE("senders that wait for room get it in their order, and their values come behind the buffer's") {
  run({.procs = 1}, [] {
    const auto c = make_chan<int>(2);
    c.send(0);
    c.send(1);
    for (int i = 2; i < 5; ++i) {
      go([c, i] { c.send(i); });
      until_parked(i - 1);
    }
    for (int i = 0; i < 5; ++i) CHECK(c.recv() == i);
    CHECK(c.len() == 0);
  });
}

TEST_CASE("receivers that wait get values in their order") {
  for (const std::size_t capacity : {0u, 3u})
    run({.procs = 1}, [capacity] {
      const auto c = make_chan<int>(capacity);
      std::array<int, 4> got{};
      for (std::size_t i = 0; i < 4; ++i) {
        go([&got, c, i] { got[i] = *c.recv(); });
        until_parked(static_cast<int>(i) + 1);
      }
      // zh: 有人等着，就直接给他，不进缓冲 en: straight to the one that waits, not into the buffer
      for (int v = 1; v <= 4; ++v) {
        c.send(v);
        CHECK(c.len() == 0);
      }
      until_alone();
      CHECK(got == std::array{1, 2, 3, 4});
    });
}

TEST_CASE("a value handed straight over does not overtake one that waits") {
  run({.procs = 1}, [] {
    const auto c = make_chan<int>();
    go([c] { c.send(1); });
    until_parked(1);
    CHECK(c.try_send(2) == chan_op::full);
    go([c] { c.send(2); });
    until_parked(2);
    CHECK(c.recv() == 1);
    CHECK(c.recv() == 2);
  });
}

TEST_CASE("each of many values reaches exactly one of many consumers") {
  for (const int procs : procs_to_try)
    for (const std::size_t capacity : {0u, 1u, 10u}) {
      constexpr int producers = 4, consumers = 5;
      constexpr int each = repeat(2000);
      std::vector<std::atomic<int>> times(static_cast<std::size_t>(producers * each));
      run({.procs = procs}, [&] {
        const auto c = make_chan<int>(capacity);
        wait_group sending, receiving;
        for (int p = 0; p < producers; ++p)
          sending.go([&, c, p] {
            for (int i = 0; i < each; ++i) c.send(p * each + i);
          });
        for (int r = 0; r < consumers; ++r)
          receiving.go([&, c] {
            for (const int v : c) times[static_cast<std::size_t>(v)].fetch_add(1);
          });
        sending.wait();
        c.close();
        receiving.wait();
      });
      CHECK(std::all_of(times.begin(), times.end(), [](auto& t) { return t.load() == 1; }));
    }
}

TEST_CASE("one producer's values stay in order for one consumer") {
  for (const int procs : procs_to_try)
    for (const std::size_t capacity : {0u, 1u, 5u})
      run({.procs = procs}, [capacity] {
        constexpr int n = repeat(5000);
        const auto c = make_chan<int>(capacity);
        go([c] {
          for (int i = 0; i < n; ++i) c.send(i);
          c.close();
        });
        int expected = 0;
        for (const int v : c) {
          if (v != expected) FAIL("out of order: " << v << " for " << expected);
          ++expected;
        }
        CHECK(expected == n);
      });
}

TEST_CASE("nil: operations that do not wait fail, length and capacity are zero, close panics") {
  run([] {
    const chan<int> nil;
    int v = 5;
    CHECK_FALSE(nil);
    CHECK(nil.try_send(v) == chan_op::full);
    CHECK(v == 5);
    CHECK(nil.try_recv(v) == chan_op::empty);
    CHECK(v == 5);
    CHECK(nil.len() == 0);
    CHECK(nil.cap() == 0);
    CHECK_THROWS_WITH_AS(nil.close(), "close of nil channel", panic_error);
  });
}

TEST_CASE("nil: sending and receiving wait for ever") {
  for (const int procs : procs_to_try) {
    bool went_on = false;
    run({.procs = procs}, [&went_on] {
      go([&went_on] {
        chan<int>{}.send(1);
        went_on = true;
      });
      go([&went_on] {
        (void)chan<int>{}.recv();
        went_on = true;
      });
      until_parked(2);
    });
    CHECK_FALSE(went_on);
  }
}

TEST_CASE("a closed channel gives what is left, then nothing, again and again") {
  run({.procs = 1}, [] {
    const auto c = make_chan<int>(3);
    c.send(1);
    c.send(2);
    c.close();
    CHECK(c.len() == 2);
    CHECK(c.recv() == 1);
    int v = 0;
    CHECK(c.try_recv(v) == chan_op::success);
    CHECK(v == 2);
    for (int i = 0; i < 3; ++i) {
      CHECK(c.recv() == std::nullopt);
      CHECK(c.try_recv(v) == chan_op::closed);
      CHECK(v == 2);
    }
  });
}

TEST_CASE("misuse panics in Go's words, and can be recovered from") {
  run({.procs = 1}, [] {
    const auto c = make_chan<int>(1);
    c.close();
    CHECK_THROWS_WITH_AS(c.send(1), "send on closed channel", panic_error);
    CHECK_THROWS_WITH_AS((void)c.try_send(1), "send on closed channel", panic_error);
    CHECK_THROWS_WITH_AS(c.close(), "close of closed channel", panic_error);
    const auto full = make_chan<int>(1);
    full.send(1);
    full.close();
    CHECK_THROWS_WITH_AS((void)full.try_send(1), "send on closed channel", panic_error);
    CHECK(full.recv() == 1);
  });
}

TEST_CASE("close wakes all that wait to receive, with nothing") {
  for (const int procs : procs_to_try) {
    constexpr int waiting = 20;
    std::atomic<int> nothing{0};
    run({.procs = procs}, [&nothing] {
      const auto c = make_chan<int>();
      for (int i = 0; i < waiting; ++i)
        go([&nothing, c] {
          if (!c.recv()) nothing.fetch_add(1);
        });
      until_parked(waiting);
      c.close();
      until_alone();
    });
    CHECK(nothing.load() == waiting);
  }
}

TEST_CASE("close wakes all that wait to send, with a panic, and keeps what is in the buffer") {
  for (const int procs : procs_to_try)
    for (const std::size_t capacity : {0u, 2u}) {
      constexpr int waiting = 20;
      std::atomic<int> panics{0};
      run({.procs = procs}, [&panics, capacity] {
        const auto c = make_chan<int>(capacity);
        for (std::size_t i = 0; i < capacity; ++i) c.send(static_cast<int>(i));
        for (int i = 0; i < waiting; ++i)
          go([&panics, c] {
            try {
              c.send(99);
            } catch (const panic_error& e) {
              panics.fetch_add(std::string(e.what()) == "send on closed channel");
            }
          });
        until_parked(waiting);
        c.close();
        until_alone();
        for (std::size_t i = 0; i < capacity; ++i) CHECK(c.recv() == static_cast<int>(i));
        CHECK(c.recv() == std::nullopt);
      });
      CHECK(panics.load() == waiting);
    }
}

// zh: 收齐的链后进先出，再加上 runnext：A、B、C 按 A、C、B 跑。 en: The list is last in first out, then there is runnext: A, B, C run as A, C, B.
TEST_CASE("those that a close wakes run in Go's order: A, C, B") {
  for (int i = 0; i < repeat(200); ++i) {
    std::string order;
    run({.procs = 1}, [&order] {
      const auto c = make_chan<int>();
      for (const char name : {'A', 'B', 'C'}) {
        go([&order, c, name] {
          (void)c.recv();
          order += name;
        });
        until_parked(static_cast<int>(name - 'A') + 1);
      }
      rt::getg()->m->p->schedtick = 1;  // zh: 离 61 远远的 en: far from 61
      c.close();
      until_alone();
    });
    REQUIRE(order == "ACB");
  }
}

// zh: 不等的收，凡是在它之前放好的值都看得见，谁抢先了除外。 en: A receive that does not wait sees any value that was there before, unless another was faster.
TEST_CASE("operations that do not wait never wait and never miss a value") {
  for (const int procs : procs_to_try)
    for (const std::size_t capacity : {1u, 3u}) {
      constexpr int n = repeat(5000);
      std::atomic<int> announced{0};
      bool missed = false;
      run({.procs = procs}, [&] {
        const auto c = make_chan<int>(capacity);
        go([&, c] {
          for (int i = 1; i <= n; ++i) {
            while (c.try_send(i) == chan_op::full) yield();
            announced.store(i, std::memory_order_relaxed);
            announced.store(i, std::memory_order_release);
          }
        });
        for (int got = 0; got < n;) {
          const int there = announced.load(std::memory_order_acquire);
          int v = 0;
          if (c.try_recv(v) == chan_op::success) {
            if (v != ++got) missed = true;
          } else {
            if (there > got) missed = true;
            yield();
          }
        }
        until_alone();
      });
      CHECK_FALSE(missed);
    }
}

TEST_CASE("a try_send finds one that waits to receive, a try_recv one that waits to send") {
  for (const int procs : procs_to_try)
    run({.procs = procs}, [] {
      const auto c = make_chan<int>();
      int got = 0;
      go([&got, c] { got = *c.recv(); });
      until_parked(1);
      CHECK(c.try_send(3) == chan_op::success);
      until_alone();
      CHECK(got == 3);
      go([c] { c.send(4); });
      until_parked(1);
      CHECK(c.try_recv(got) == chan_op::success);
      CHECK(got == 4);
      until_alone();
    });
}

TEST_CASE("range-for receives until the channel is closed, and may be left before") {
  run({.procs = 1}, [] {
    const auto c = make_chan<int>(10);
    for (int i = 1; i <= 5; ++i) c.send(i);
    int sum = 0;
    for (const int v : c) {
      sum += v;
      if (v == 3) break;
    }
    CHECK(sum == 6);
    CHECK(c.len() == 2);
    c.close();
    for (const int v : c) sum += v;
    CHECK(sum == 15);
    for ([[maybe_unused]] const int v : c) FAIL("a closed channel gave a value");
  });
}

TEST_CASE("handles: copies are the same channel, moved from is nil") {
  run({.procs = 1}, [] {
    auto a = make_chan<int>(1);
    const auto b = a;
    CHECK(a == b);
    CHECK(a != make_chan<int>(1));
    CHECK(chan<int>{} == chan<int>{});
    CHECK(static_cast<bool>(a));
    b.send(7);
    CHECK(a.len() == 1);
    const auto moved = std::move(a);
    CHECK_FALSE(static_cast<bool>(a));
    CHECK(moved.recv() == 7);
    a = moved;
    CHECK(a == b);
    auto& self = a;
    a = self;
    CHECK(a == b);
    a = {};
    CHECK_FALSE(static_cast<bool>(a));
  });
}

TEST_CASE("channels of channels") {
  for (const int procs : procs_to_try)
    run({.procs = procs}, [] {
      const auto requests = make_chan<chan<int>>();
      go([requests] {
        for (const auto reply : requests) reply.send(42);
      });
      for (int i = 0; i < repeat(100); ++i) {
        const auto reply = make_chan<int>();
        requests.send(reply);
        CHECK(reply.recv() == 42);
      }
      requests.close();
    });
}

TEST_CASE("no room for the buffer is a panic, inside a run and outside") {
  constexpr auto largest = std::numeric_limits<std::size_t>::max();
  for (const std::size_t n : {largest, largest / 4, largest / 8 + 1, std::size_t{1} << 60}) {
    CHECK_THROWS_WITH_AS((void)make_chan<long>(n), "makechan: size out of range", panic_error);
    run([n] {
      CHECK_THROWS_WITH_AS((void)make_chan<long>(n), "makechan: size out of range", panic_error);
    });
  }
}

TEST_CASE("a prime sieve finds the primes") {
  for (const int procs : procs_to_try)
    run({.procs = procs}, [] {
      numbers primes;
      chan<int> ch = make_chan<int>();
      go([ch] {
        for (int i = 2;; ++i) ch.send(i);
      });
      for (int i = 0; i < 15; ++i) {
        const int prime = *ch.recv();
        primes.push_back(prime);
        const auto next = make_chan<int>();
        go([ch, next, prime] {
          for (const int v : ch)
            if (v % prime != 0) next.send(v);
        });
        ch = next;
      }
      CHECK((primes == numbers{2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47}));
    });
}

}  // namespace
}  // namespace newproc::test
