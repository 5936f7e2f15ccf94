// zh: 检查点 3 的整体：一队从不睡觉的线程。 en: Checkpoint 3: a crew of threads that never sleep.
#include <doctest/doctest.h>

#include "whole.hpp"

namespace newproc::checker {
namespace {

void must_survive(const scenario& s,
                  effort e = {
                      .surprises = 3, .prove = false, .executions = 10'000, .by_priority = 1'000}) {
  const report r = explore(s, e);
  MESSAGE(r.summary());
  CHECK_MESSAGE(r.ok(), r.text());
}

TEST_CASE("checkpoint 3: two Gs, and main waits for them") {
  must_survive(whole(
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
  must_survive(whole(
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
  must_survive(whole(
      "main returns at once", 2,
      [] {
        newproc::go([] {});
        newproc::go([] {});
      },
      0));
}

TEST_CASE("checkpoint 3: a sleeper is let go") {
  must_survive(whole(
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

}  // namespace
}  // namespace newproc::checker
