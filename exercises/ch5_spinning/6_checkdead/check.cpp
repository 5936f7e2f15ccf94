// zh: 小程序的种种交错：没有一种该报死锁。
// en: Interleavings of small programs: in none of them may a deadlock be reported.
#include "checked.hpp"
#include "checker/scenarios/whole.hpp"

namespace newproc::exercise {
namespace {

using checker::here;

TEST_CASE("main sleeps, a child works") {
  must_hold(checker::whole(
                "sleeper", 2,
                [] {
                  newproc::go([] { here->sign(0); });
                  newproc::sleep(std::chrono::milliseconds(1));
                },
                0),
            {.surprises = 1, .prove = false, .executions = 2'000});
}

TEST_CASE("a goroutine bound to its thread ends, then main") {
  must_hold(checker::whole(
                "bound to its thread", 2,
                [] {
                  newproc::go([] {
                    newproc::lock_os_thread();
                    here->sign(0);
                  });
                  while (!here->has_run(0)) newproc::yield();
                },
                1),
            {.surprises = 1, .prove = false, .executions = 1'000});
}

}  // namespace
}  // namespace newproc::exercise
