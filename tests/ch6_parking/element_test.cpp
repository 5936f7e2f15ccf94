// zh: 元素：什么都装得下，只能移动的也行；何时析构；搬的时候抛出，异常到该到的 goroutine，通道照样能用。
// en: Elements: of any kind, also those that can only be moved; when they are destroyed; and when a move throws,
//     the exception reaches the goroutine that it belongs to and the channel stays usable.
#include <doctest/doctest.h>

#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>

#include "newproc/newproc.hpp"
#include "parking.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

// zh: 数着活着几个。 en: Counts how many are alive.
struct counted {
  static inline std::atomic<int> alive{0};
  int value = 0;
  explicit counted(int v) : value(v) { alive.fetch_add(1); }
  counted(counted&& other) noexcept : value(std::exchange(other.value, -1)) { alive.fetch_add(1); }
  counted& operator=(counted&& other) noexcept {
    value = std::exchange(other.value, -1);
    return *this;
  }
  ~counted() { alive.fetch_sub(1); }
};

struct alignas(64) over_aligned {
  int value;
  explicit over_aligned(int v) : value(v) {}
  over_aligned(const over_aligned& other) : value(other.value) {}
  [[nodiscard]] bool aligned() const { return address_of(this) % 64 == 0; }
};

struct nothing {};

template <class T>
void goes_through(T (*make)(int), bool (*is)(const T&, int)) {
  for (const int procs : procs_to_try)
    for (const std::size_t capacity : {0u, 1u, 3u})
      run({.procs = procs}, [=] {
        const auto c = make_chan<T>(capacity);
        constexpr int n = repeat(300);
        go([=] {
          for (int i = 0; i < n; ++i) c.send(make(i));
          c.close();
        });
        int i = 0;
        for (auto&& v : c)
          if (!is(v, i++)) FAIL("a wrong value");
        CHECK(i == n);
      });
}

TEST_CASE("elements of any size and kind go through") {
  goes_through<char>([](int i) { return static_cast<char>(i); },
                     [](const char& v, int i) { return v == static_cast<char>(i); });
  goes_through<double>([](int i) { return i * 0.5; }, [](const double& v, int i) { return v == i * 0.5; });
  struct two_words {
    long a, b;
  };
  goes_through<two_words>([](int i) { return two_words{i, -i}; },
                          [](const two_words& v, int i) { return v.a == i && v.b == -i; });
  struct large {
    std::array<int, 500> all;
  };
  goes_through<large>(
      [](int i) {
        large l{};
        l.all.fill(i);
        return l;
      },
      [](const large& v, int i) { return v.all.front() == i && v.all.back() == i; });
  goes_through<std::string>([](int i) { return std::string(static_cast<std::size_t>(i % 50), 'x') + std::to_string(i); },
                            [](const std::string& v, int i) { return v == std::string(static_cast<std::size_t>(i % 50), 'x') + std::to_string(i); });
  goes_through<std::unique_ptr<int>>([](int i) { return std::make_unique<int>(i); },
                                     [](const std::unique_ptr<int>& v, int i) { return *v == i; });
  goes_through<over_aligned>([](int i) { return over_aligned(i); },
                             [](const over_aligned& v, int i) { return v.value == i && v.aligned(); });
  goes_through<nothing>([](int) { return nothing{}; }, [](const nothing&, int) { return true; });
}

TEST_CASE("what can only be moved: range-for, try_send and try_recv") {
  run({.procs = 1}, [] {
    const auto c = make_chan<std::unique_ptr<int>>(1);
    auto v = std::make_unique<int>(1);
    CHECK(c.try_send(v) == chan_op::success);
    CHECK(v == nullptr);
    v = std::make_unique<int>(2);
    CHECK(c.try_send(v) == chan_op::full);
    REQUIRE(v != nullptr);
    CHECK(*v == 2);
    CHECK(c.try_send(std::move(v)) == chan_op::full);
    REQUIRE(v != nullptr);
    std::unique_ptr<int> got;
    CHECK(c.try_recv(got) == chan_op::success);
    CHECK(*got == 1);
    CHECK(c.try_recv(got) == chan_op::empty);
    CHECK(*got == 1);
    c.send(std::move(v));
    c.close();
    int sum = 0;
    for (auto p : c) sum += *p;
    CHECK(sum == 2);
  });
}

TEST_CASE("an element is destroyed in the channel as soon as it is received") {
  counted::alive.store(0);
  run({.procs = 1}, [] {
    const auto c = make_chan<counted>(2);
    c.send(counted(1));
    c.send(counted(2));
    CHECK(counted::alive.load() == 2);
    CHECK(c.recv()->value == 1);
    CHECK(counted::alive.load() == 1);
    counted target(0);
    CHECK(c.try_recv(target) == chan_op::success);
    CHECK(target.value == 2);
    CHECK(counted::alive.load() == 1);  // zh: target 自己 en: target itself
  });
  CHECK(counted::alive.load() == 0);
}

TEST_CASE("what is left in a channel is destroyed with its last handle") {
  counted::alive.store(0);
  chan<counted> outlives;
  run({.procs = 1}, [&outlives] {
    const auto c = make_chan<counted>(5);
    // zh: 让环先转过半圈 en: first let the ring turn half way
    for (int i = 0; i < 3; ++i) {
      c.send(counted(i));
      (void)c.recv();
    }
    for (int i = 0; i < 5; ++i) c.send(counted(i));
    outlives = c;
  });
  CHECK(counted::alive.load() == 5);
  CHECK(outlives.len() == 5);
  outlives = {};
  CHECK(counted::alive.load() == 0);
}

TEST_CASE("nothing is left alive of what went through channels and selects") {
  counted::alive.store(0);
  for (const int procs : procs_to_try)
    run({.procs = procs}, [] {
      const auto a = make_chan<counted>(), b = make_chan<counted>(2);
      wait_group g;
      g.go([=] {
        for (int i = 0; i < repeat(500); ++i) select(on_send(a, counted(i)), on_send(b, counted(i)));
        a.close();
        b.close();
      });
      chan<counted> open_a = a, open_b = b;
      while (open_a || open_b)
        select(on_recv(open_a,
                       [&](std::optional<counted> v) {
                         if (!v) open_a = {};
                       }),
               on_recv(open_b, [&](std::optional<counted> v) {
                 if (!v) open_b = {};
               }));
      g.wait();
    });
  CHECK(counted::alive.load() == 0);
}

// zh: 移动时抛出，每搬一次数一下；armed 到零那一次抛出，源还是原来的样子。
// en: Throws when moved: each move counts down, at zero it throws, and the source is as before.
struct throws_when_moved {
  static inline int armed = -1;
  static inline int alive = 0;
  int value;
  explicit throws_when_moved(int v) : value(v) { ++alive; }
  throws_when_moved(throws_when_moved&& other) : value(other.value) {
    if (armed >= 0 && armed-- == 0) throw std::runtime_error("move");
    ++alive;
  }
  throws_when_moved& operator=(throws_when_moved&& other) {
    value = other.value;
    return *this;
  }
  ~throws_when_moved() { --alive; }
};
using fragile = throws_when_moved;

// zh: 第 @p nth 次搬抛出；在 f 里它必须传出来。 en: Move number nth throws, and must come out of f.
template <class F>
void throws_at(int nth, F f) {
  fragile::armed = nth;
  bool caught = false;
  try {
    f();
  } catch (const std::runtime_error& e) {
    caught = std::string(e.what()) == "move";
  }
  fragile::armed = -1;
  CHECK(caught);
}

TEST_CASE("a move into the buffer that throws reaches the sender, and nothing was sent") {
  run({.procs = 1}, [] {
    const auto c = make_chan<fragile>(1);
    fragile v(7);
    throws_at(0, [&] { (void)c.try_send(v); });
    CHECK(c.len() == 0);
    CHECK(v.value == 7);
    CHECK(c.try_send(v) == chan_op::success);
    CHECK(c.recv()->value == 7);
    throws_at(0, [&] { c.send(fragile(1)); });
    CHECK(c.len() == 0);
  });
  CHECK(fragile::alive == 0);
}

TEST_CASE("a move out of the buffer that throws reaches the receiver, and the value stays") {
  run({.procs = 1}, [] {
    const auto c = make_chan<fragile>(2);
    c.send(fragile(1));
    c.send(fragile(2));
    throws_at(0, [&] { (void)c.recv(); });
    CHECK(c.len() == 2);
    CHECK(c.recv()->value == 1);
    fragile target(0);
    throws_at(0, [&] { (void)c.try_recv(target); });
    CHECK(target.value == 0);
    CHECK(c.recv()->value == 2);
  });
  CHECK(fragile::alive == 0);
}

TEST_CASE("a move to a receiver that waits throws: the sender gets it, the receiver waits on") {
  for (const bool by_select : {false, true})
    run({.procs = 1}, [by_select] {
      const auto c = make_chan<fragile>();
      const auto other = make_chan<int>();
      int got = 0;
      go([&got, c, other, by_select] {
        if (by_select)
          select(on_recv(other), on_recv(c, [&got](std::optional<fragile> v) { got = v->value; }));
        else
          got = c.recv()->value;
      });
      until_parked(1);
      fragile v(7);
      throws_at(0, [&] { (void)c.try_send(v); });
      until_parked(1);
      CHECK(got == 0);
      CHECK(c.try_send(v) == chan_op::success);
      until_alone();
      CHECK(got == 7);
    });
  CHECK(fragile::alive == 0);
}

TEST_CASE("a move from a sender that waits throws: the receiver gets it, the sender waits on") {
  for (const bool by_select : {false, true})
    run({.procs = 1}, [by_select] {
      const auto c = make_chan<fragile>();
      const auto other = make_chan<int>();
      go([c, other, by_select] {
        if (by_select)
          select(on_recv(other), on_send(c, fragile(7)));
        else
          c.send(fragile(7));
      });
      until_parked(1);
      throws_at(0, [&] { (void)c.recv(); });
      until_parked(1);
      CHECK(c.recv()->value == 7);
      until_alone();
    });
  CHECK(fragile::alive == 0);
}

TEST_CASE("a value that fills the buffer up throws: its sender gets it, not the receiver") {
  run({.procs = 1}, [] {
    const auto c = make_chan<fragile>(1);
    c.send(fragile(1));
    bool caught = false;
    go([&caught, c] {
      fragile v(2);
      try {
        select(on_send(c, std::move(v)), on_recv(chan<int>{}));
      } catch (const std::runtime_error&) {
        caught = true;
      }
    });
    until_parked(1);
    // zh: 0：取走 1。1：2 补上，抛出，收的人不知道。它从头再来，又要搬。
    // en: 0: takes out the 1. 1: the 2 is to fill up and throws; the receiver knows nothing of it.
    fragile::armed = 1;
    fragile got(0);
    CHECK(c.try_recv(got) == chan_op::success);
    CHECK(got.value == 1);
    CHECK(c.len() == 0);
    fragile::armed = 0;
    until_alone();
    fragile::armed = -1;
    CHECK(caught);
    CHECK(c.len() == 0);
    c.send(fragile(3));
    CHECK(c.recv()->value == 3);
  });
  CHECK(fragile::alive == 0);
}

TEST_CASE("a throwing move in a select's first pass leaves its channels unlocked") {
  run({.procs = 2}, [] {
    const auto a = make_chan<fragile>(1), b = make_chan<fragile>(1);
    a.send(fragile(1));
    b.send(fragile(2));
    throws_at(0, [&] { select(on_recv(a), on_recv(b)); });
    CHECK(a.len() + b.len() == 2);
    CHECK(a.recv()->value == 1);
    CHECK(b.recv()->value == 2);
  });
  CHECK(fragile::alive == 0);
}

// zh: 搬的时候在 catch 块里、也在展开栈的半路：异常的现场不许混。
// en: Moves within a catch block and amid unwinding: the exception state must not be mixed up.
struct sends_when_destroyed {
  chan<int> c;
  ~sends_when_destroyed() { c.send(std::uncaught_exceptions()); }
};

TEST_CASE("a destructor may use channels while the stack unwinds") {
  for (const int procs : procs_to_try)
    run({.procs = procs}, [] {
      const auto c = make_chan<int>();
      for (int i = 0; i < repeat(100); ++i) {
        go([c] {
          try {
            const sends_when_destroyed leaving{c};
            throw std::runtime_error("thrown");
          } catch (const std::runtime_error& e) {
            c.send(std::string(e.what()) == "thrown" ? 10 : -1);
          }
        });
        CHECK(c.recv() == 1);
        CHECK(c.recv() == 10);
        CHECK(std::uncaught_exceptions() == 0);
      }
      until_alone();
    });
}

TEST_CASE("goroutines block inside catch blocks, and each keeps its own exception") {
  for (const int procs : procs_to_try)
    run({.procs = procs}, [] {
      constexpr int n = 20;
      const auto c = make_chan<int>();
      const auto done = make_chan<bool>();
      for (int i = 0; i < n; ++i)
        go([c, done, i] {
          try {
            throw i;
          } catch (int mine) {
            (void)c.recv();
            try {
              throw;
            } catch (int again) {
              done.send(mine == i && again == i);
            }
          }
        });
      until_parked(n);
      for (int i = 0; i < n; ++i) c.send(0);
      for (int i = 0; i < n; ++i) CHECK(*done.recv());
      until_alone();
    });
}

TEST_CASE("goexit runs destructors that use channels, and those may wait") {
  for (const int procs : procs_to_try)
    run({.procs = procs}, [] {
      const auto c = make_chan<int>();
      go([c] {
        const sends_when_destroyed leaving{c};
        goexit();
      });
      CHECK(c.recv() == 1);
      until_alone();
    });
}

}  // namespace
}  // namespace newproc::test
