// zh: 检查点 3 的整体：一队从不睡觉的线程。 en: Checkpoint 3: a crew of threads that never sleep.
#include <doctest/doctest.h>

#include "programs.hpp"

namespace newproc::checker {
namespace {

TEST_CASE("checkpoint 3: two Gs, and main waits for them") {
  must_survive_briefly(whole(
      "two Gs", 2,
      [] {
        newproc::go([] { here->sign(0); });
        newproc::yield();
        newproc::go([] { here->sign(1); });
        programs::yield_until_run(2);
      },
      2));
}

TEST_CASE("checkpoint 3: two busy Gs, three Ms") {
  must_survive_briefly(whole(
      "two busy Gs, three Ms", 3, [] { programs::all_stay_busy(0, 1); }, 2));
}

TEST_CASE("checkpoint 3: the world ends while Ms are being woken and made") {
  must_survive_briefly(whole("main returns at once", 2, programs::return_at_once, 0));
}

TEST_CASE("checkpoint 3: a sleeper is let go") {
  must_survive_briefly(whole("sleeper", 2, programs::wait_for_a_sleeper, 1));
}

// zh: 一个创建了另一个就结束。数到只剩自己的人，必定看得见后一个做过的事。
// en: One makes another and ends. A goroutine that counts only itself must see what that other one
//     did.
TEST_CASE("checkpoint 3: a goroutine that counts only itself sees what all did") {
  static os::var<int>* work;
  scenario s = whole(
      "main counts while a goroutine makes another and ends", 2,
      [] {
        newproc::go([] { newproc::go([] { *work = 7; }); });
        newproc::yield();
        if (newproc::num_goroutine() == 1)
          expect(*work == 7, "broken invariant",
                 "数到只剩自己，却还有一个没有跑 / counted alone, but another has not run yet");
      },
      0);
  s.init([] {
    work = new os::var<int>(0);
    name(work, "work");
  });
  must_survive_briefly(s);
}

}  // namespace
}  // namespace newproc::checker
