// zh: 退休的规矩，单独拿出来：交活的人，和准备睡下、放下 P 的人，没有 run，没有 go。第 5 章的两道屏
//     障、先减后看的次序，都在这里分出对错。
//
// zh: 交活的人之后永远忙着，跑起来的 G 也是：否则他们很快又去看队列，丢了的唤醒就被补上了。
//
// en: The retirement protocol by itself: submitters, and Ms about to sleep or to hand off their P,
//     without run and without go. Chapter 5's two barriers are judged here, and the order
//     "decrement, then look".
//
// en: A submitter is busy for ever afterwards, and so is a G that runs: otherwise they would soon
//     look at the queues again and make up for a lost wake-up.
#include <doctest/doctest.h>

#include "ch3_runqueue/runqueue.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/inside.hpp"
#include "ch5_spinning/spinning.hpp"
#include "newproc/time.hpp"
#include "rules.hpp"
#include "verdicts.hpp"

namespace newproc::checker {
namespace {

using rt::sched;

constexpr std::size_t most = 4;

struct jobs {
  std::array<rt::G*, most> gs{};
  std::array<int, most> ran{};
};
jobs* pool = nullptr;

void work(int i) {
  expect(++pool->ran[static_cast<std::size_t>(i)] == 1, "G run twice", std::to_string(i));
  busy_forever();
}

enum class where { ring, runnext, global };

// zh: 第 @p i 个 G 交给当前 M 的 P，再按规矩叫人。
// en: Submits G number @p i to the current M's P, then wakes an M as the rules say.
void submit(int i, where queue) {
  rt::P* p = rt::getg()->m->p;
  p->owner.held();
  rt::G* g = pool->gs[static_cast<std::size_t>(i)];
  if (queue == where::global) {
    const rt::sched_lock_guard hold(sched.lock);
    rt::globrunqput(g);
  } else {
    rt::runqput(p, g, queue == where::runnext);
  }
  rt::workadded(p);
}

scenario retiring(const char* title, int procs, std::size_t gs) {
  scenario s(title);
  // zh: 不公平的调度也要结束：独自跑的 M 要么找到活，要么睡下。
  // en: Must end under unfair schedules too: an M that runs alone finds work or goes to sleep.
  s.steps(2000).fairness(3000);
  with_rules(s)
      .init([=]() NO_THREAD_SAFETY_ANALYSIS {
        empty_world(procs, procs + 1);
        sched.mnext = procs + 1;
        pool = new jobs;
        for (std::size_t i = 0; i < gs; ++i) pool->gs[i] = real_g(work, static_cast<int>(i));
      })
      .at_rest([gs] {
        for (std::size_t i = 0; i < gs; ++i) expect(pool->ran[i] == 1, "lost G", std::to_string(i));
      });
  return s;
}

// zh: 握着 P 找活、找不到就睡的 M。
// en: An M that holds a P, searches, and sleeps if it finds nothing.
scenario::function seeker(int i) {
  return [i] {
    stand_on(i, i);
    rt::schedule();
  };
}

scenario::function submitter(int m, int p, std::initializer_list<where> queues) {
  return [m, p, list = std::vector<where>(queues)] {
    stand_on(m, p);
    int i = 0;
    for (const where queue : list) submit(i++, queue);
    busy_forever();
  };
}

TEST_CASE("retirement: one submits to the ring, one is about to sleep") {
  scenario s = retiring("retirement, ring", 2, 1);
  s.machine(submitter(0, 0, {where::ring})).machine(seeker(1));
  must_survive(s, {.surprises = 3, .prove = false, .thorough = 3'000'000});
}

TEST_CASE("retirement: one submits to runnext, one is about to sleep") {
  scenario s = retiring("retirement, runnext", 2, 1);
  s.machine(submitter(0, 0, {where::runnext})).machine(seeker(1));
  must_survive(s, {.surprises = 3, .prove = false, .thorough = 3'000'000});
}

TEST_CASE("retirement: one submits to the global queue, one is about to sleep") {
  scenario s = retiring("retirement, global queue", 2, 1);
  s.machine(submitter(0, 0, {where::global})).machine(seeker(1));
  must_survive(s, {.surprises = 3, .prove = false, .thorough = 3'000'000});
}

TEST_CASE("retirement: one submits, two are about to sleep") {
  scenario s = retiring("retirement, two sleepers", 3, 1);
  s.machine(submitter(0, 0, {where::runnext})).machine(seeker(1)).machine(seeker(2));
  must_survive(s, {.surprises = 4, .prove = false, .executions = 30'000});
}

TEST_CASE("retirement: two jobs, two Ms, the second woken by the first") {
  scenario s = retiring("retirement, two jobs", 3, 2);
  s.opening(
      "M0 握着 P0，先后交出 G1、G2，然后一直忙着；M1、M2 握着 P1、P2 找活，找不到就睡。队列都空着 "
      "/ "
      "M0 holds P0, submits G1 and G2 and is busy from then on; M1 and M2 hold P1 and P2, search, "
      "and sleep if they find nothing. All queues are empty");
  s.machine(submitter(0, 0, {where::ring, where::ring})).machine(seeker(1)).machine(seeker(2));
  must_survive(s, {.surprises = 4, .prove = false, .executions = 30'000});
}

// zh: 守钟的 M 醒来，拿走一个空闲的 P，它也许正是别人刚放下、还没来得及销账的那一个。守钟的没有自
//     旋；它也要复查（Go issue 45867）。
// en: The M that watched the clock wakes and takes an idle P, perhaps one that another has just let
//     go of and not yet accounted for. It does not spin; it must re-check too (Go issue 45867).
scenario::function back_from_the_clock(int i, void (*then)()) {
  return [i, then] {
    stand_on(i, -1);
    rt::P* p = nullptr;
    {
      const rt::sched_lock_guard hold(sched.lock);
      p = rt::pidleget();
    }
    if (p == nullptr) return;
    rt::acquirep(p);
    then();
  };
}

TEST_CASE("retirement: who comes back from the clock takes the P that another lets go of") {
  scenario s = retiring("retirement, back from the clock", 2, 1);
  s.machine(seeker(0))
      .machine(back_from_the_clock(1, rt::schedule))
      .machine(submitter(2, 1, {where::ring}));
  must_survive(s, {.surprises = 4, .prove = false, .executions = 30'000});
}

// zh: 从这里起是 handoffp：它也把 P 放进空闲表，所以也得守同样的规矩。交出 P 的 M 从此不再看队列。
// en: From here on it is handoffp: it puts a P on the idle list too, and so must keep the same
//     rules. The M that hands its P off never looks at the queues again.
scenario::function handing_off(int i) {
  return [i] {
    stand_on(i, i);
    rt::handoffp(rt::releasep());
  };
}

// zh: 第 @p i 个 M 自旋时找到了两个 G，正要退出自旋：一个马上跑，一个在环里，要靠叫来的人。
// en: M number @p i has found two Gs while it spun and is about to stop spinning: one runs at once,
//     the other waits in its ring for the M that it wakes.
scenario::function found_work(int i) {
  return [i] {
    rt::becomeSpinning(stand_on(i, i));
    rt::P* p = p_at(i);
    p->owner.held();
    rt::runqput(p, pool->gs[0], false);
    rt::resetspinning();
    busy_forever();
  };
}

// zh: 拿到 P，马上有了一个跑不完的 G。 en: With the P it has a G at once that runs for ever.
void run_for_ever() { busy_forever(); }

TEST_CASE("hand-off: one lets go of its P, one submits to the ring") {
  scenario s = retiring("hand-off, ring", 2, 1);
  s.machine(handing_off(0)).machine(submitter(1, 1, {where::ring}));
  must_survive(s, {.surprises = 3, .prove = false, .thorough = 3'000'000});
}

TEST_CASE("hand-off: one lets go of its P, one submits to runnext") {
  scenario s = retiring("hand-off, runnext", 2, 1);
  s.machine(handing_off(0)).machine(submitter(1, 1, {where::runnext}));
  must_survive(s, {.surprises = 3, .prove = false, .thorough = 3'000'000});
}

TEST_CASE("hand-off: one lets go of its P while another that spun has just found work") {
  scenario s = retiring("hand-off, found work", 2, 1);
  s.machine(handing_off(0)).machine(found_work(1));
  must_survive(s, {.surprises = 3, .prove = false, .thorough = 3'000'000});
}

TEST_CASE("hand-off: one lets go of its P while the last idle one is taken") {
  scenario s = retiring("hand-off, last idle P taken", 3, 1);
  s.init([]() NO_THREAD_SAFETY_ANALYSIS { rt::pidleput(p_at(2)); });
  s.machine(handing_off(0))
      .machine(submitter(1, 1, {where::ring}))
      .machine(back_from_the_clock(2, run_for_ever));
  must_survive(s, {.surprises = 4, .prove = false, .executions = 300'000});
}

// zh: 睡着的也是活：P 闲着，就得有人守着他的钟。这里替他登记的 M 随后一直忙着。
// en: A sleeper is work too: while a P is idle an M must watch the clock for it. The M that
//     registers it here is busy for ever after.
TEST_CASE("hand-off: one lets go of its P while a goroutine goes to sleep") {
  scenario s = retiring("hand-off, sleeper", 3, 1);
  s.init([]() NO_THREAD_SAFETY_ANALYSIS {
    rt::pidleput(p_at(2));
    sched.lastpoll.store(1, order::relaxed);  // zh: 没有人守着钟 en: nobody watches the clock
    pool->gs[1] = real_g(
        [](int i) {
          newproc::sleep(std::chrono::milliseconds(1));
          work(i);
        },
        1);
  });
  s.machine(handing_off(0)).machine([] {
    stand_on(1, 1);
    rt::P* p = p_at(1);
    p->owner.held();
    rt::runqput(p, pool->gs[1], false);
    rt::runqput(p, pool->gs[0], false);
    rt::schedule();
  });
  s.machine(back_from_the_clock(2, run_for_ever));
  s.at_rest([] { expect(pool->ran[1] == 1, "lost G", "1"); });
  must_survive(s, {.surprises = 4, .prove = false, .executions = 30'000});
}

}  // namespace
}  // namespace newproc::checker
