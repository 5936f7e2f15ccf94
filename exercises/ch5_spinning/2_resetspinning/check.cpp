// zh: 两个 M 同时开始自旋，同时找到活。 en: Two Ms begin to spin at once and find work at once.
#include "../retiring.hpp"
#include "ch5_spinning/inside.hpp"

namespace newproc::exercise {
namespace {

scenario::function spinner(int i) {
  return [i] {
    rt::M* m = checker::stand_on(i, i);
    rt::becomeSpinning(m);
    rt::resetspinning();
  };
}

TEST_CASE("two Ms begin and end at once") {
  scenario s("two spinners");
  checker::with_rules(s)
      .init([]() NO_THREAD_SAFETY_ANALYSIS {
        checker::empty_world(2, 2);
        rt::sched.mnext = 2;
      })
      .machine(spinner(0))
      .machine(spinner(1));
  must_hold(s, {.surprises = 3, .prove = false, .executions = 20'000});
}

TEST_CASE("two jobs, and two Ms to find them") {
  scenario s = retiring("two jobs, two searchers", 3, 2);
  s.machine(submitter(0, 0, {where::ring, where::ring})).machine(seeker(1)).machine(seeker(2));
  must_hold(s, {.surprises = 2, .prove = false, .executions = 3'000});
}

}  // namespace
}  // namespace newproc::exercise
