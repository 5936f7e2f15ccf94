// zh: 一个人交活，另一个正准备睡下，两人的每一种交错；再添一个守钟回来的。
// en: One submits, another is about to sleep, in every interleaving of the two; and then a third who is
//     back from the clock.
#include "../retiring.hpp"
#include "ch5_spinning/inside.hpp"

namespace newproc::exercise {
namespace {

constexpr effort enough{.surprises = 3, .prove = false, .executions = 20'000};

TEST_CASE("one submits to the ring, one is about to sleep") {
  scenario s = retiring("submitter and sleeper, ring", 2, 1);
  s.machine(submitter(0, 0, {where::ring})).machine(seeker(1));
  must_hold(s, enough);
}

TEST_CASE("one submits to runnext, one is about to sleep") {
  scenario s = retiring("submitter and sleeper, runnext", 2, 1);
  s.machine(submitter(0, 0, {where::runnext})).machine(seeker(1));
  must_hold(s, enough);
}

// zh: 在找的人够多了，M1 便不自旋；它找不到活，放下 P 时不改 nmspinning，其余的同样做。
// en: Where enough Ms search already M1 does not spin; finding no work it lets go of its P without changing
//     nmspinning, and does all the rest.
scenario::function sleeper_that_did_not_spin(int i) {
  return [i] {
    rt::M* m = checker::stand_on(i, i);
    if (!rt::retire(m)) rt::stopm();
    rt::schedule();
  };
}
TEST_CASE("one submits, one that did not spin is about to sleep") {
  scenario s = retiring("submitter, and a sleeper that did not spin", 2, 1);
  s.machine(submitter(0, 0, {where::ring})).machine(sleeper_that_did_not_spin(1));
  must_hold(s, enough);
}

TEST_CASE("one submits, one is about to sleep, one comes back from the clock") {
  scenario s = retiring("submitter, sleeper, back from the clock", 2, 1);
  s.machine(submitter(0, 0, {where::ring})).machine(seeker(1)).machine(back_from_the_clock(2));
  must_hold(s, {.surprises = 3, .prove = false, .executions = 30'000});
}

// zh: 交活的人站在 goroutine 的栈上。叫人的一路都不许丢掉自己的 P（m->locks 不为零），那一路须在 g0 上。
// en: The submitter stands on a goroutine's stack. Who wakes must not lose its P on the way (m->locks is
//     not zero), and that way must be gone on g0.
void submit_next(int) {
  submit(1, where::ring);
  checker::busy_forever();
}
void nobody_wakes_on_a_goroutine() {
  for (int i = 0; i < checker::the_simulator.machines(); ++i) {
    const auto* g = static_cast<const rt::G*>(checker::the_simulator.word_of(i));
    if (g == nullptr || static_cast<rt::M*>(g->m) == nullptr) continue;
    const rt::M* m = g->m;
    expect(g == &m->g0 || m->locks == 0, "broken invariant",
           "叫人要到 g0 的栈上去叫，你却站在 goroutine 的栈上 / wakep must be called on g0's "
           "stack, and you "
           "call it on a goroutine's");
  }
}
TEST_CASE("a goroutine submits") {
  scenario s = retiring("a goroutine submits, one sleeps", 2, 2);
  s.init([]() NO_THREAD_SAFETY_ANALYSIS {
     rt::pidleput(checker::p_at(1));
     pool->gs[0] = checker::real_g(submit_next, 0);
   })
      .machine([] {
        checker::stand_on(0, 0);
        pool->ran[0] = 1;
        rt::execute(pool->gs[0], false);
      })
      .machine([] {
        checker::stand_on(1, -1);
        rt::stopm();
        rt::schedule();
      })
      .always(nobody_wakes_on_a_goroutine);
  must_hold(s, {.surprises = 2, .prove = false, .executions = 5'000});
}

}  // namespace
}  // namespace newproc::exercise
