// zh: note：一次性事件，睡与叫的次序任意，叫两次是错误。
// en: note: a one-shot event; sleep and wake-up in either order; two wake-ups are an error.
#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "ch4_machine/inside.hpp"
#include "ch4_machine/machine.hpp"
#include "death.hpp"
#include "os/clock.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

using namespace rt;

constexpr std::int64_t ms = 1'000'000;
constexpr std::int64_t hour = 3600 * 1000 * ms;

TEST_CASE("a note woken before anybody sleeps lets the sleeper pass") {
  note n;
  notewakeup(n);
  notesleep(n);
  CHECK(notetsleep(n, os::nanotime() + hour));
}

TEST_CASE("a sleeper wakes when the note is woken and sees what was written before") {
  for (int i = 0; i < repeat(1000); ++i) {
    note n;
    int written = 0;
    std::thread waker([&] {
      written = 42;
      notewakeup(n);
    });
    notesleep(n);
    CHECK(written == 42);
    waker.join();
  }
}

TEST_CASE("a note can be used again once it was cleared") {
  note forth, back;
  std::atomic<int> rounds{0};
  constexpr int n = 1000;
  std::thread other([&] {
    for (int i = 0; i < n; ++i) {
      notesleep(forth);
      noteclear(forth);
      rounds.fetch_add(1);
      notewakeup(back);
    }
  });
  for (int i = 0; i < n; ++i) {
    notewakeup(forth);
    notesleep(back);
    noteclear(back);
  }
  other.join();
  CHECK(rounds.load() == n);
}

TEST_CASE("notetsleep returns false at its deadline and not before") {
  note n;
  const std::int64_t deadline = os::nanotime() + 5 * ms;
  CHECK_FALSE(notetsleep(n, deadline));
  CHECK(os::nanotime() >= deadline);
  CHECK_FALSE(notetsleep(n, 0));  // zh: 早已过了 en: long past
}

TEST_CASE("notetsleep returns true when woken whatever the deadline") {
  note n;
  std::thread waker([&n] { notewakeup(n); });
  CHECK(notetsleep(n, os::nanotime() + hour));
  waker.join();
  CHECK(notetsleep(n, 0));
}

TEST_CASE("waking a note twice is fatal") {
  const ending e = in_child([] {
    note n;
    notewakeup(n);
    notewakeup(n);
  });
  CHECK(e.exit_code == 2);
  CHECK(e.error == "fatal error: notewakeup - double wakeup\n");
}

}  // namespace
}  // namespace newproc::test
