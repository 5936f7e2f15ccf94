// zh: 上限是两个 M。P 来找 M，M 正要睡下，每一种交错。
// en: The limit is two Ms. A P comes for an M, and an M is about to lie down, in every interleaving.
#include "ch1_entry/entry.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"
#include "checked.hpp"
#include "given.hpp"

namespace newproc::exercise {
namespace {

using checker::busy_forever;
using checker::order;
using checker::p_at;
using checker::stand_on;
using rt::M;
using rt::P;
using rt::sched;

struct stage {
  std::deque<rt::waiting_p> waiting;
  os::var<int> touched;  // zh: 队列要在锁下碰 en: the queue is touched under the lock
  std::array<rt::G*, 2> gs{};
  std::array<int, 2> ran{};
};
stage* now = nullptr;

}  // namespace
}  // namespace newproc::exercise

namespace newproc::rt {

std::deque<waiting_p>& waiting_ps() {
  exercise::now->touched = 1;
  return exercise::now->waiting;
}

}  // namespace newproc::rt

namespace newproc::exercise {
namespace {

bool idle(const P* p) NO_THREAD_SAFETY_ANALYSIS {
  for (const P* q = sched.pidle; q != nullptr; q = q->link)
    if (q == p) return true;
  return false;
}

// zh: 谁也不能再动的时候。 en: When nobody can move any more.
void nothing_is_forgotten() NO_THREAD_SAFETY_ANALYSIS {
  const std::deque<rt::waiting_p>& waiting = now->waiting;
  const bool m_sleeps = sched.nmidle > 0;
  expect(!m_sleeps || waiting.empty(), "lost wake-up",
         "一个 P 在排队，而一个 M 睡着 / a P waits in the queue while an M sleeps");
  for (const rt::G* g : sched.allgs)
    expect(!m_sleeps || sched.pidle == nullptr || g->status() != rt::Grunnable, "lost wake-up",
           "有 G 可以跑，P 闲着，M 睡着，再也没有人会去看 / a G is runnable, a P idle, an M "
           "asleep, and "
           "nobody will ever look");
  int tokens = 0;
  for (const rt::waiting_p& w : waiting) tokens += w.spinning;
  expect(sched.nmspinning.load(order::relaxed) == tokens, "broken invariant",
         "没有 M 在自旋，nmspinning 却不等于队列里等着的令牌数 / no M spins, and nmspinning is not "
         "the "
         "number of tokens that wait in the queue");
  for (int i = 0; i < sched.gomaxprocs; ++i) {
    const P* p = p_at(i);
    const auto queued =
        std::count_if(waiting.begin(), waiting.end(), [p](const auto& w) { return w.p == p; });
    expect(queued + idle(p) + (static_cast<M*>(p->m) != nullptr) == 1, "broken invariant",
           "一个 P 不在任何地方，或同在两处 / a P is nowhere, or in two places");
  }
}

void work(int i) {
  expect(++now->ran[static_cast<std::size_t>(i)] == 1, "G run twice",
         "同一份活做了两次 / a job was done twice");
  busy_forever();
}

// zh: 三个 P，上限两个 M，已有 @p machines 个；从 @p first_idle 起的 P 闲着。
// en: Three Ps and a limit of two Ms, of which there are @p machines; from @p first_idle the Ps are
//     idle.
scenario crew(const char* title, int machines, int first_idle, int jobs) {
  {
    scenario names("names");
    checker::with_rules(
        names);  // zh: 只要名字，规矩是自己的 en: the names only, the rules are our own
  }
  scenario s(title);
  s.steps(2000)
      .fairness(3000)
      .ends_asleep()
      .init([=]() NO_THREAD_SAFETY_ANALYSIS {
        checker::empty_world(3, machines);
        sched.mnext = machines;
        sched.maxmcount = 2;
        now = new stage;
        for (int i = 0; i < jobs; ++i)
          now->gs[static_cast<std::size_t>(i)] = checker::real_g(work, i);
        for (int i = first_idle; i < 3; ++i) rt::pidleput(p_at(i));
      })
      .at_rest(nothing_is_forgotten);
  return s;
}

void put(int p, int g) {
  p_at(p)->owner.held();
  rt::runqput(p_at(p), now->gs[static_cast<std::size_t>(g)], false);
}

void lies_down_without_a_p() {
  stand_on(1, -1);
  rt::stopm();
  rt::schedule();
}

TEST_CASE("a P with work is handed off while the last M lies down") {
  scenario s = crew("hand-off", 2, 1, 1);
  s.init([]() NO_THREAD_SAFETY_ANALYSIS {
     rt::pidleget();  // zh: 最后放进去的 P2 en: P2, the last that was put
   })
      .machine([] {
        stand_on(0, 0);
        put(2, 0);
        rt::startm(p_at(2), false);
        busy_forever();
      })
      .machine(lies_down_without_a_p)
      .at_rest(
          [] { expect(now->ran[0] == 1, "lost G", "P2 的活没有人做 / P2's work was not done"); });
  must_hold(s, {.surprises = 3, .prove = false, .executions = 10'000});
}

TEST_CASE("two jobs are submitted while the last M looks for work and lies down") {
  scenario s = crew("two jobs", 2, 2, 2);
  s.machine([] {
     stand_on(0, 0);
     for (int g = 0; g < 2; ++g) {
       put(0, g);
       rt::workadded(p_at(0));
     }
     busy_forever();
   })
      .machine([] {
        stand_on(1, 1);
        rt::schedule();
      })
      .at_rest([] {
        expect(
            now->ran[0] + now->ran[1] == 1, "lost G",
            "两个 M，一个忙着交活，另一个该做了一份 / of two Ms one is busy submitting; the other "
            "should have done one job");
      });
  must_hold(s, {.surprises = 3, .prove = false, .executions = 20'000});
}

TEST_CASE("three are wanted where two are allowed") {
  scenario s = crew("a second M, and no third", 1, 1, 0);
  s.machine([] {
    stand_on(0, 0);
    rt::startm(nullptr, false);
    rt::wakep();
    busy_forever();
  });
  must_hold(s, {.surprises = 3, .prove = false, .executions = 10'000});
}

TEST_CASE("first come, first served") {
  scenario s = crew("two Ps wait", 2, 3, 0);
  s.machine([] {
     stand_on(0, 0);
     busy_forever();
   }).machine([] {
    const M* m = stand_on(1, -1);
    for (int p = 1; p <= 2; ++p) rt::startm(p_at(p), false);
    rt::stopm();
    expect(m->p == p_at(1), "broken invariant",
           "P1 先来排队，M 却先接了 P2 / P1 was the first to queue, and the M took P2 first");
    busy_forever();
  });
  must_be_proved(s);
}

}  // namespace
}  // namespace newproc::exercise
