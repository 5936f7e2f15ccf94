// zh: 检查点 4 的整体：每个就绪的 G 都叫醒一个线程。
// en: Checkpoint 4: every ready G wakes a thread.
#include <doctest/doctest.h>

#include "whole.hpp"

namespace newproc::checker {
namespace {

// zh: 替身步数多，少走几次。 en: The stand-ins take many steps: walk fewer executions.
void must_survive_briefly(const scenario& s) {
  must_survive(s, {.surprises = 3, .prove = false, .executions = 10'000, .by_priority = 1'000});
}

TEST_CASE("checkpoint 4: work submitted by a main that stays busy is found") {
  must_survive_briefly(whole(
      "two Gs, main busy", 2,
      [] {
        newproc::go([] { here->sign(0); });
        newproc::yield();
        newproc::go([] { here->sign(1); });
        busy_forever();
      },
      2));
}

TEST_CASE("checkpoint 4: two busy Gs, three Ps") {
  must_survive_briefly(whole(
      "two busy Gs, three Ps", 3,
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

TEST_CASE("checkpoint 4: the world ends while Ms are being woken and made") {
  must_survive_briefly(whole(
      "main returns at once", 2,
      [] {
        newproc::go([] {});
        newproc::go([] {});
      },
      0));
}

TEST_CASE("checkpoint 4: a sleeper is let go") {
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

TEST_CASE("checkpoint 4: a goroutine bound to its thread") {
  must_survive_briefly(whole(
      "locked", 2,
      [] {
        newproc::go([] {
          newproc::lock_os_thread();
          newproc::yield();
          here->sign(0);
        });
        while (!here->has_run(0)) newproc::yield();
      },
      1));
}

}  // namespace
}  // namespace newproc::checker
