// zh: 一个人交活，另一个正准备睡下，两人的每一种交错。
// en: One submits, another is about to sleep, in every interleaving of the two.
#include "../retiring.hpp"

namespace newproc::exercise {
namespace {

constexpr effort enough{.surprises = 3, .prove = false, .executions = 20'000};

TEST_CASE("one submits to the ring, one is about to sleep") {
  scenario s = retiring("submitter and sleeper, ring", 2, 1);
  s.machine(seeker(1)).machine(submitter(0, 0, {where::ring}));
  must_hold(s, enough);
}

TEST_CASE("one submits to runnext, one is about to sleep") {
  scenario s = retiring("submitter and sleeper, runnext", 2, 1);
  s.machine(seeker(1)).machine(submitter(0, 0, {where::runnext}));
  must_hold(s, enough);
}

}  // namespace
}  // namespace newproc::exercise
