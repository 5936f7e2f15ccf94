// zh: 独自跑的 M 要么找到活，要么睡下，不许原地打转；到了一半，就先退下。
// en: An M that runs alone finds work or goes to sleep; it must not run in circles. And where half of
//     the Ms spin, it steps back first.
#include "../retiring.hpp"
#include "ch5_spinning/inside.hpp"

namespace newproc::exercise {
namespace {

using rt::order;

TEST_CASE("one submits, one searches") {
  scenario s = retiring("submitter and searcher", 2, 1);
  s.machine(seeker(1)).machine(submitter(0, 0, {where::ring}));
  must_hold(s, {.surprises = 2, .prove = false, .executions = 5'000});
}

TEST_CASE("one submits, two search") {
  scenario s = retiring("submitter and two searchers", 3, 1);
  s.machine(submitter(0, 0, {where::runnext})).machine(seeker(1)).machine(seeker(2));
  must_hold(s, {.surprises = 3, .prove = false, .executions = 5'000});
}

TEST_CASE("two jobs, two searchers") {
  scenario s = retiring("two jobs, two searchers", 3, 2);
  s.machine(submitter(0, 0, {where::ring, where::ring})).machine(seeker(1)).machine(seeker(2));
  must_hold(s, {.surprises = 2, .prove = false, .executions = 3'000});
}

// zh: 四个 P 都忙着，@p others 个 M 在自旋，P1 里有一个 G。我们来找它。
// en: All four Ps are busy, so many Ms spin, and there is a G in P1. We come and look for it.
void search_alone(int others) {
  rt::M* m = checker::stand_on(0, 0);
  rt::P* victim = checker::p_at(1);
  victim->owner.held();
  rt::runqput(victim, pool->gs[0], false);
  rt::sched.nmspinning.store(others, order::seq_cst);
  const auto locked = rt::sched.lock.taken();
  expect(rt::findrunnable().g == pool->gs[0], "lost G",
         "P1 里有一个 G，你的 M 没有把它偷来 / there is a G in P1, and your M has not stolen it");
  expect(static_cast<bool>(m->spinning) && rt::sched.nmspinning.load(order::seq_cst) == others + 1,
         "broken invariant",
         "去偷的 M 要算在自旋里，你的没有 / an M that goes stealing counts as spinning, and yours "
         "does not");
  const bool stepped_back = rt::sched.lock.taken() != locked;
  if (others == 0)
    expect(!stepped_back, "broken invariant",
           "没有别人在自旋，你的 M 却没有直接去偷 / nobody else spins, and yours did not steal "
           "right away");
  else
    expect(
        stepped_back, "broken invariant",
        "四个 P 里已有两个 M 在自旋，到了一半；你的 M 不先退下，也去偷了 / two Ms of four Ps spin "
        "already, which is half, and yours steals too instead of stepping back first");
  m->spinning = false;
  rt::sched.nmspinning.store(0, order::seq_cst);
  rt::execute(pool->gs[0], false);
}

scenario alone(const char* title, int others) {
  scenario s = retiring(title, 4, 1);
  s.machine([others] { search_alone(others); });
  return s;
}

TEST_CASE("an M that may spin steals right away") { must_be_proved(alone("nobody else spins", 0)); }
TEST_CASE("an M beyond the limit steps back first") { must_be_proved(alone("two others spin", 2)); }

}  // namespace
}  // namespace newproc::exercise
