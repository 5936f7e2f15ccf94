// zh: 检查点 3 的整体：一队从不睡觉的线程。 en: Checkpoint 3: a crew of threads that never sleep.
#include <doctest/doctest.h>

#include "whole.hpp"

namespace newproc::checker {
namespace {

// zh: 替身步数多，少走几次。 en: The stand-ins take many steps: walk fewer executions.
void must_survive_briefly(const scenario& s) {
  must_survive(s, {.surprises = 3, .prove = false, .executions = 10'000, .by_priority = 1'000});
}

TEST_CASE("checkpoint 3: two Gs, and main waits for them") {
  must_survive_briefly(whole(
      "two Gs", 2,
      [] {
        newproc::go([] { here->sign(0); });
        newproc::yield();
        newproc::go([] { here->sign(1); });
        while (!here->has_run(0) || !here->has_run(1)) newproc::yield();
      },
      2));
}

TEST_CASE("checkpoint 3: two busy Gs, three Ms") {
  must_survive_briefly(whole(
      "two busy Gs, three Ms", 3,
      [] {
        for (int i = 0; i < 2; ++i)
          newproc::go([i] {
            here->sign(i);
            busy_forever();
          });
        busy_forever();
      },
      2));
}

TEST_CASE("checkpoint 3: the world ends while Ms are being woken and made") {
  must_survive_briefly(whole(
      "main returns at once", 2,
      [] {
        newproc::go([] {});
        newproc::go([] {});
      },
      0));
}

TEST_CASE("checkpoint 3: a sleeper is let go") {
  must_survive_briefly(whole(
      "sleeper", 2,
      [] {
        newproc::go([] {
          newproc::sleep(std::chrono::milliseconds(1));
          here->sign(0);
        });
        while (!here->has_run(0)) newproc::yield();
      },
      1));
}

// zh: 一个创建了另一个就结束。数到只剩自己的人，必定看得见后一个做过的事。
// en: One makes another and ends. Who counts just himself must see what that other one did.
TEST_CASE("checkpoint 3: who counts himself alone sees what all did") {
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
