// zh: 一件活叫醒一个 M，两件至多两个；而且没有一件活被丢下。
// en: One job wakes one M, two wake two at most; and no job is left behind.
#include "../retiring.hpp"
#include "ch5_spinning/inside.hpp"

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

// zh: 睡着，等人叫。 en: Asleep until it is called.
scenario::function sleeper(int i) {
  return [i] {
    checker::stand_on(i, -1);
    rt::stopm();
    rt::schedule();
  };
}

// zh: 除了第 @p mine 个 P，别的都闲着，它们的 M 都睡着。
// en: All Ps but number @p mine are idle, and their Ms asleep.
scenario others_asleep(const char* title, int mine, std::size_t gs) {
  scenario s = counted(title, 3, gs);
  s.init([mine]() NO_THREAD_SAFETY_ANALYSIS {
    for (int i = 0; i < 3; ++i)
      if (i != mine) rt::pidleput(checker::p_at(i));
  });
  for (int i = 0; i < 3; ++i)
    if (i != mine) s.machine(sleeper(i));
  return s;
}
scenario asleep(const char* title, std::initializer_list<where> queues, int mine = 0) {
  return others_asleep(title, mine, queues.size()).machine(submitter(mine, mine, queues));
}

TEST_CASE("one job, two sleepers") {
  must_hold(asleep("one job, two sleepers", {where::ring}),
            {.surprises = 2, .prove = false, .executions = 5'000});
}

TEST_CASE("two jobs, two sleepers") {
  must_hold(asleep("two jobs, two sleepers", {where::ring, where::runnext}),
            {.surprises = 3, .prove = false, .executions = 8'000});
}

TEST_CASE("two jobs on the last P, two sleepers") {
  must_hold(asleep("two jobs on the last P, two sleepers", {where::ring, where::runnext}, 2),
            {.surprises = 3, .prove = false, .executions = 8'000});
}

// zh: 被叫醒的一次偷来两件，第三件由交活的人自己去跑；这时剩下的活，就是偷来的那另一件。
// en: The one that is woken steals two at once, and the submitter runs the third itself; then the only work
//     left is the rest of the loot.
TEST_CASE("three jobs, two sleepers, the submitter runs one itself") {
  scenario s = others_asleep("three jobs, the submitter runs one itself", 0, 3);
  s.machine([] {
    checker::stand_on(0, 0);
    for (int i = 0; i < 3; ++i) submit(i, where::ring);
    rt::schedule();
  });
  must_hold(s, {.surprises = 3, .prove = false, .executions = 15'000});
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

// zh: 两个人都找到了活，一起销账：只有后销的那个知道自己是最后一个。
// en: Both find work and strike themselves off together: only the later one knows that it is the last.
TEST_CASE("three jobs, two searchers, one sleeper") {
  scenario s = retiring("three jobs, two searchers, one sleeper", 4, 3);
  s.init([]() NO_THREAD_SAFETY_ANALYSIS { rt::pidleput(checker::p_at(3)); })
      .machine(submitter(0, 0, {where::ring, where::ring, where::ring}))
      .machine(seeker(1))
      .machine(seeker(2))
      .machine(sleeper(3));
  must_hold(s, {.surprises = 3, .prove = false, .executions = 20'000});
}

// zh: M1 自旋时找到了活，正要去跑；M2 没有自旋过，正放下它的 P；这时又交出一件活。M1 读到的 npidle 若是
//     旧的，它便以为没有地方可跑。
// en: M1 spun, has found work and is about to run it; M2 did not spin and is letting go of its P; just now
//     another job is submitted. If M1 reads an old npidle it believes that there is no place to run.
TEST_CASE("one has found work, one that did not spin is about to sleep, one submits") {
  scenario s = retiring("one has found work, one is about to sleep, one submits", 3, 1);
  s.init([] { rt::sched.nmspinning.store(1, rt::order::relaxed); })
      .machine(submitter(0, 0, {where::ring}))
      .machine([] {
        checker::stand_on(1, 1)->spinning = true;
        rt::resetspinning();
        checker::busy_forever();
      })
      .machine([] {
        rt::M* m = checker::stand_on(2, 2);
        if (!rt::retire(m)) rt::stopm();
        rt::schedule();
      });
  must_hold(s, {.surprises = 3, .prove = false, .executions = 20'000});
}

}  // namespace
}  // namespace newproc::exercise
