// zh: 交活的人和准备睡下的人，走遍他们的交错。
// en: Submitters and Ms about to sleep: their interleavings are walked.
#include "../retiring.hpp"

namespace newproc::exercise {
namespace {

TEST_CASE("one submits to the ring, one is about to sleep") {
  scenario s = retiring("submitter and sleeper, ring", 2, 1);
  s.machine(seeker(1)).machine(submitter(0, 0, {where::ring}));
  must_hold(s, {.surprises = 3, .prove = false, .executions = 20'000});
}

TEST_CASE("one submits to the global queue, one is about to sleep") {
  scenario s = retiring("submitter and sleeper, global queue", 2, 1);
  s.machine(seeker(1)).machine(submitter(0, 0, {where::global}));
  must_hold(s, {.surprises = 2, .prove = false, .executions = 5'000});
}

TEST_CASE("one submits, two are about to sleep") {
  scenario s = retiring("submitter and two sleepers", 3, 1);
  s.machine(submitter(0, 0, {where::runnext})).machine(seeker(1)).machine(seeker(2));
  must_hold(s, {.surprises = 3, .prove = false, .executions = 3'000});
}

TEST_CASE("one comes back from the clock and takes the P that another lets go of") {
  scenario s = retiring("submitter, sleeper, and one back from the clock", 2, 1);
  s.machine(seeker(0)).machine(back_from_the_clock(1)).machine(submitter(2, 1, {where::ring}));
  must_hold(s, {.surprises = 3, .prove = false, .executions = 5'000});
}

}  // namespace
}  // namespace newproc::exercise
