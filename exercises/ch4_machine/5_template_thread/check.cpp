// zh: 绑定的 M 来要线程：一个要两个，两个各要一个；以及世界在此时结束。
// en: Bound Ms want threads: one wants two, two want one each; and the world ends meanwhile.
#include "ch1_entry/entry.hpp"
#include "ch4_machine/inside.hpp"
#include "ch4_machine/machine.hpp"
#include "checked.hpp"
#include "checker/scenarios/whole.hpp"

namespace newproc::exercise {
namespace {

using checker::busy_forever;
using checker::p_at;
using checker::stand_on;
using rt::M;
using rt::sched;

int* born = nullptr;

// zh: 新 M 的第一步：写自己的 schedlink，它已是自己的主人。
// en: A new M's first step: it is its own master and writes its schedlink.
void begin() {
  ++*born;
  {
    const rt::sched_lock_guard hold(sched.lock);
    rt::mput(rt::getg()->m);
  }
  busy_forever();
}

scenario world(const char* title, int bound) {
  scenario s(title);
  checker::with_rules(s)
      .init([bound]() NO_THREAD_SAFETY_ANALYSIS {
        checker::empty_world(4, bound);
        sched.mnext = bound;
        born = new int(0);
        rt::handoffinit();
      })
      .at_rest([] {
        expect(*born == 2, "lost wake-up",
               "要的 M 里，有一个始终没有启动 / an M that was asked for was never started");
      });
  return s;
}

scenario::function asks_for(int i, int threads) {
  return [i, threads] {
    M* m = stand_on(i, i);
    rt::startTemplateThread();
    m->lockedExt = 1;
    for (int n = 0; n < threads; ++n) rt::newm(begin, p_at(2 + (threads == 1 ? i : n)), -1);
    busy_forever();
  };
}

TEST_CASE("a bound M asks for two threads") {
  scenario s = world("one asks for two", 1);
  s.machine(asks_for(0, 2));
  must_hold(s, {.surprises = 4, .prove = false, .executions = 20'000});
}

TEST_CASE("two bound Ms ask at the same time") {
  scenario s = world("two ask for one each", 2);
  s.machine(asks_for(0, 1)).machine(asks_for(1, 1));
  must_hold(s, {.surprises = 3, .prove = false, .executions = 20'000});
}

TEST_CASE("the world ends, whatever the template thread is doing") {
  scenario s = checker::whole(
      "a bound main returns", 2,
      [] {
        newproc::lock_os_thread();
        newproc::go([] {});
      },
      0);
  must_hold(s, {.surprises = 2, .prove = false, .executions = 5'000});
}

}  // namespace
}  // namespace newproc::exercise
