// zh: 主 goroutine 用 mcall 公布自己，另一个 M 随时可能接走它；让出的也在一起走。
// en: The main goroutine publishes itself through mcall, and another M may take it at any moment;
//     one that yields walks along.
#include "ch1_entry/entry.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "ch5_spinning/spinning.hpp"
#include "checked.hpp"
#include "checker/scenarios/whole.hpp"

namespace newproc::exercise {
namespace {

void publish(rt::G* g) {
  rt::casgstatus(g, rt::Grunning, rt::Grunnable);
  rt::dropg();
  rt::P* p = rt::getg()->m->p;
  p->owner.held();
  {
    const rt::sched_lock_guard hold(rt::sched.lock);
    rt::globrunqput(g);
  }
  rt::workadded(p);
}

TEST_CASE("another M takes the goroutine as soon as it is published") {
  const scenario s = checker::whole(
      "mcall, two Ms", 2,
      [] {
        newproc::go([] { checker::here->sign(0); });
        for (int i = 0; i < 2; ++i) rt::mcall(publish);
        checker::here->sign(1);
        while (!checker::here->has_run(0)) newproc::yield();
      },
      2);
  must_hold(s, {.surprises = 3, .prove = false, .executions = 8'000});
}

}  // namespace
}  // namespace newproc::exercise
