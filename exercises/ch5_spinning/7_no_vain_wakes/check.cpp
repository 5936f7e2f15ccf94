// zh: 一件活叫醒一个 M，两件至多两个；而且没有一件活被丢下。
// en: One job wakes one M, two wake two at most; and no job is left behind.
#include "../retiring.hpp"

namespace newproc::exercise {
namespace {

// zh: 结束时：叫醒的不多于活。 en: At the end: no more were woken than there are jobs.
scenario counted(const char* title, int procs, std::size_t gs) {
  scenario s = retiring(title, procs, gs);
  s.at_rest([gs] {
    expect(rt::count_all().wakes <= gs, "useless wakes",
           "叫醒的 M 比活还多 / you have woken more Ms than there are jobs");
  });
  return s;
}

// zh: 除了交活的人，别的 P 都闲着，别的 M 都睡着，等人叫。
// en: All Ps but the submitter's are idle, all Ms but it are asleep until they are called.
scenario asleep(const char* title, std::initializer_list<where> queues) {
  scenario s = counted(title, 3, queues.size());
  s.init([]() NO_THREAD_SAFETY_ANALYSIS {
    for (const int i : {1, 2}) rt::pidleput(checker::p_at(i));
  });
  for (const int i : {1, 2})
    s.machine([i] {
      checker::stand_on(i, -1);
      rt::stopm();
      rt::schedule();
    });
  return s.machine(submitter(0, 0, queues));
}

TEST_CASE("one job, two sleepers") {
  must_hold(asleep("one job, two sleepers", {where::ring}),
            {.surprises = 2, .prove = false, .executions = 5'000});
}

TEST_CASE("two jobs, two sleepers") {
  must_hold(asleep("two jobs, two sleepers", {where::ring, where::runnext}),
            {.surprises = 3, .prove = false, .executions = 8'000});
}

TEST_CASE("one job in the ring, one in the global queue") {
  must_hold(asleep("a job in the ring, one in the global queue", {where::ring, where::global}),
            {.surprises = 3, .prove = false, .executions = 8'000});
}

TEST_CASE("one submits, one is about to sleep") {
  scenario s = counted("submitter and sleeper", 2, 1);
  s.machine(seeker(1)).machine(submitter(0, 0, {where::ring}));
  must_hold(s, {.surprises = 3, .prove = false, .executions = 10'000});
}

TEST_CASE("two jobs, two searchers") {
  scenario s = retiring("two jobs, two searchers", 3, 2);
  s.machine(submitter(0, 0, {where::ring, where::ring})).machine(seeker(1)).machine(seeker(2));
  must_hold(s, {.surprises = 3, .prove = false, .executions = 5'000});
}

}  // namespace
}  // namespace newproc::exercise
