// zh: 检查点 4 的整体：每个就绪的 G 都叫醒一个线程。
// en: Checkpoint 4: every ready G wakes a thread.
#include <doctest/doctest.h>

#include "programs.hpp"

namespace newproc::checker {
namespace {

TEST_CASE("checkpoint 4: work submitted by a main that stays busy is found") {
  must_survive_briefly(whole("two Gs, main busy", 2, programs::one_after_another, 2));
}

TEST_CASE("checkpoint 4: two busy Gs, three Ps") {
  must_survive_briefly(whole(
      "two busy Gs, three Ps", 3, [] { programs::all_stay_busy(0, 1); }, 2));
}

TEST_CASE("checkpoint 4: the world ends while Ms are being woken and made") {
  must_survive_briefly(whole("main returns at once", 2, programs::return_at_once, 0));
}

TEST_CASE("checkpoint 4: a sleeper is let go") {
  must_survive_briefly(whole("sleeper", 2, programs::wait_for_a_sleeper, 1));
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
        programs::yield_until_run(1);
      },
      1));
}

}  // namespace
}  // namespace newproc::checker
