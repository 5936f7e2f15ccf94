// zh: 一两个人来叫，M 睡着、没有、或正要睡下，P 有、或没有。
// en: One or two call; Ms sleep, are lacking, or are about to sleep; there is a P, or there is
//     none.
#include "ch1_entry/entry.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"
#include "checked.hpp"

namespace newproc::exercise {
namespace {

using checker::busy_forever;
using checker::empty_world;
using checker::order;
using checker::p_at;
using checker::stand_on;
using rt::M;
using rt::sched;

scenario world(const char* title, int procs, int machines, int idle) {
  scenario s(title);
  checker::with_rules(s).init([=]() NO_THREAD_SAFETY_ANALYSIS {
    empty_world(procs, machines);
    for (int i = procs - idle; i < procs; ++i) rt::pidleput(p_at(i));
    sched.mnext = machines;
  });
  return s;
}

scenario::function calls_wakep(int i) {
  return [i] {
    stand_on(i, i);
    rt::wakep();
    busy_forever();
  };
}

scenario::function calls_startm(int i) {
  return [i] {
    const M* m = stand_on(i, i);
    rt::startm(nullptr, false);
    expect(m->locks == 0, "broken invariant",
           "acquirem 之后没有 releasem / acquirem without its releasem");
    busy_forever();
  };
}

// zh: 睡到有人来叫；叫他的人必须给了他一个 P，并说清他是不是自旋。
// en: Sleeps until called. The caller must have given it a P and said whether it spins.
scenario::function sleeps(int i, bool to_spin) {
  return [i, to_spin] {
    M* m = stand_on(i, -1);
    rt::stopm();
    expect(m->p != nullptr, "broken invariant", "M 被叫醒，却没有 P / an M was woken without a P");
    expect(m->spinning == to_spin, "broken invariant",
           "M 被叫醒，spinning 却不是 startm 说的 / an M was woken, and its spinning is not what "
           "startm was told");
    if (m->spinning) {
      m->spinning = false;
      sched.nmspinning.fetch_sub(1, order::seq_cst);
    }
    busy_forever();
  };
}

TEST_CASE("two call, there is one token, one P and one M") {
  scenario s = world("wakep twice, one sleeps", 3, 3, 1);
  s.machine(calls_wakep(0)).machine(calls_wakep(1)).machine(sleeps(2, true));
  must_hold(s, {.surprises = 3, .prove = false});
}

TEST_CASE("two want a thread each, two Ms sleep, two Ps are idle") {
  scenario s = world("startm twice, two sleep", 4, 4, 2);
  s.machine(sleeps(2, false))
      .machine(sleeps(3, false))
      .machine(calls_startm(0))
      .machine(calls_startm(1));
  must_hold(s, {.surprises = 2, .prove = false});
}

// zh: 没有睡着的 M：新来的要么自旋、迟早把令牌还掉，要么不曾拿过它。
// en: No M sleeps: the new one spins and gives the token back some day, or never had it.
TEST_CASE("no M sleeps, so a new one is made") {
  scenario s = world("wakep, a new M", 2, 1, 1);
  s.machine(calls_wakep(0)).ends_asleep();
  must_hold(s, {.surprises = 2, .prove = false, .executions = 5'000});
}

void one_token_at_most() {
  expect(sched.nmspinning.load(order::relaxed) <= 1, "broken invariant",
         "两个人都领到了令牌 / two have taken the token at once");
}

TEST_CASE("two call, and there is no idle P") {
  scenario s = world("wakep twice, no P", 2, 2, 0);
  s.always(one_token_at_most).machine(calls_wakep(0)).machine(calls_wakep(1)).at_rest([] {
    expect(
        sched.needspinning.load(order::relaxed) == 1, "broken invariant",
        "没有 P 给找活的人，却没有留话（pidlegetSpinning） / there was no P to search with, and no "
        "note was left (pidlegetSpinning)");
  });
  must_be_proved(s);
}

struct jobs {
  std::array<rt::G*, 2> gs{};
  std::array<int, 2> ran{};
};
jobs* pool = nullptr;

void work(int i) {
  ++pool->ran[static_cast<std::size_t>(i)];
  busy_forever();
}

scenario::function seeks(int i) {
  return [i] {
    stand_on(i, i);
    rt::schedule();
  };
}

// zh: 交两份活的人从此忙着；两个找活的 M，第二个要靠第一个来叫。
// en: Who submits two jobs is busy from then on; of two Ms that search, the second relies on the
//     first to wake it.
TEST_CASE("two jobs and two Ms, the second woken by the first") {
  scenario s = world("two jobs", 3, 4, 0);
  s.steps(2000).fairness(3000);
  s.init([] {
     pool = new jobs;
     for (int i = 0; i < 2; ++i) pool->gs[static_cast<std::size_t>(i)] = checker::real_g(work, i);
   })
      .machine([] {
        stand_on(0, 0);
        for (rt::G* g : pool->gs) {
          rt::P* p = p_at(0);
          p->owner.held();
          rt::runqput(p, g, false);
          rt::workadded(p);
        }
        busy_forever();
      })
      .machine(seeks(1))
      .machine(seeks(2))
      .at_rest([] {
        for (const int n : pool->ran)
          expect(n == 1, "lost G", "有一份活没有人做 / a job was not done");
      });
  must_hold(s, {.surprises = 4, .prove = false, .executions = 20'000});
}

// zh: 守望的线程不握 P，也不算在干活的里面。它让 G1 就绪、叫人来跑；同时 M1 从系统调用回来，没有 P
//     了，只好睡下。
// en: The lookout holds no P and does not count as a worker. It readies G1 and has an M come to
//     run it. Meanwhile M1 returns from a system call, finds no P and must lie down.
TEST_CASE("an M lies down while a new one is being made") {
  scenario s("an M is being born");
  checker::with_rules(s)
      .init([]() NO_THREAD_SAFETY_ANALYSIS {
        empty_world(1, 2);
        sched.mnext = 2;
        sched.nmsys = 1;
        pool = new jobs;
        for (int i = 0; i < 2; ++i)
          pool->gs[static_cast<std::size_t>(i)] = checker::real_g(work, i);
        pool->gs[0]->atomicstatus.store(rt::Gwaiting, order::relaxed);
        pool->gs[1]->atomicstatus.store(rt::Gsyscall, order::relaxed);
        rt::pidleput(p_at(0));
      })
      .machine([] {
        stand_on(0, -1);
        {
          const rt::sched_lock_guard hold(sched.lock);
          rt::casgstatus(pool->gs[0], rt::Gwaiting, rt::Grunnable);
          rt::globrunqput(pool->gs[0]);
        }
        rt::startm(nullptr, false);
        busy_forever();
      })
      .machine([] {
        stand_on(1, -1);
        rt::P* p = nullptr;
        {
          const rt::sched_lock_guard hold(sched.lock);
          p = rt::pidleget();
          if (p == nullptr) {
            rt::casgstatus(pool->gs[1], rt::Gsyscall, rt::Grunnable);
            rt::globrunqput(pool->gs[1]);
          }
        }
        if (p == nullptr) return rt::stopm();
        rt::acquirep(p);
        busy_forever();
      })
      .ends_asleep();
  must_hold(s, {.surprises = 3, .prove = false, .executions = 20'000});
}

}  // namespace
}  // namespace newproc::exercise
