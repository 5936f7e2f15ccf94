// zh: 忙着的 P 也得放到点的睡眠者走，也得轮到排在全局队列里的每一个。时间在这里只有算着的时候才过去
//     （compute_for），所以没有人闲下来替它们看钟。
// en: A busy P, too, must let go of sleepers that are due, and come to each that waits on the
//     global queue. Time passes here only while a goroutine computes (compute_for), so no M is idle
//     and looks at the clock for them.
#include "ch7_time/time.hpp"
#include "verdicts.hpp"
#include "whole.hpp"

namespace newproc::checker {
namespace {

constexpr int many = 4 * static_cast<int>(rt::global_tick);

// zh: 睡 1 毫秒的 0 号，已经登记。 en: Number 0 sleeps for a millisecond and has registered.
void sleeper_registers() {
  newproc::go([] {
    newproc::sleep(std::chrono::milliseconds(1));
    here->sign(0);
  });
  while (rt::next_timer() == 0) newproc::yield();
}

// zh: 算到它该醒之后。 en: Computes until after it is due.
void becomes_due() { compute_for(2'000'000); }

void must_have_woken() {
  expect(here->has_run(0), "overslept",
         "早已到点，这个 P 一直忙着，却没有放它走 / due long ago, and this P, busy all the while, "
         "did not let it go");
}

void respawn(int left) {
  if (left == 0) return must_have_woken();
  newproc::go(respawn, left - 1);
}

bool due = false;

void yield_often() {
  while (!due) newproc::yield();
  for (int i = 0; i < many; ++i) newproc::yield();
  must_have_woken();
}

// zh: 第 @p i 号占住一个 P，永远忙着。 en: Number i takes a P and is busy for ever.
void occupy(int i) {
  newproc::go([i] {
    here->sign(i);
    busy_forever();
  });
  while (!here->has_run(i)) os::spin_pause();
}

TEST_CASE("fairness: a due sleeper is let go while goroutines respawn on the only P") {
  must_survive(whole(
      "sleeper, respawning", 1,
      [] {
        sleeper_registers();
        becomes_due();
        newproc::go(respawn, many);
        while (newproc::num_goroutine() > 1) newproc::yield();
      },
      1));
}

TEST_CASE("fairness: a due sleeper is let go while goroutines respawn and the other P is busy") {
  must_survive(whole(
      "sleeper, respawning, one busy", 2,
      [] {
        occupy(1);
        sleeper_registers();
        becomes_due();
        newproc::go(respawn, many);
        while (!here->has_run(0)) newproc::yield();
      },
      2));
}

TEST_CASE("fairness: a due sleeper is let go while goroutines yield to each other") {
  must_survive(whole(
      "sleeper, yielding", 1,
      [] {
        due = false;
        sleeper_registers();
        newproc::go(yield_often);
        newproc::yield();
        becomes_due();
        due = true;
        yield_often();
      },
      1));
}

// zh: 全局队列恰好装满时的让出：取下队头，再把自己排到末尾，同一个格子。
// en: A yield with the global queue exactly full: the head is taken off, and we go last, into the
//     same slot.
TEST_CASE("fairness: goroutines that yield take turns, also when the global queue is full") {
  for (int n = 1; n <= 5; ++n) {
    static std::array<int, 6> turns;
    must_survive(whole(
        "take turns", 1,
        [n] {
          turns = {};
          for (int i = 0; i < n; ++i)
            newproc::go([i] {
              for (int turn = 1; turn <= many; ++turn) {
                turns[static_cast<std::size_t>(i)] = turn;
                newproc::yield();
              }
              here->sign(i);
            });
          while (newproc::num_goroutine() > 1) {
            newproc::yield();
            const auto [least, most] = std::minmax_element(turns.begin(), turns.begin() + n);
            expect(*most - *least <= 1, "broken invariant",
                   "有人多轮到了，有人少轮到了 / one had more turns than another");
          }
        },
        n));
  }
}

}  // namespace
}  // namespace newproc::checker
