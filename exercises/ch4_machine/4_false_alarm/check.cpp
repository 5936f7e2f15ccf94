// zh: 那一夜：守望者交活，M1 从系统调用回来。
// en: That night: the lookout hands in work, and M1 returns from a system call.
#include "ch1_entry/entry.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "ch4_machine/machine.hpp"
#include "checked.hpp"

namespace newproc::exercise {
namespace {

using checker::busy_forever;
using checker::order;
using checker::p_at;
using checker::stand_on;
using rt::sched;

std::array<rt::G*, 3>* gs = nullptr;  // zh: G1 和 G2；0 号空着 en: G1 and G2; number 0 is not used

void work(int) { busy_forever(); }

void to_the_global_queue(rt::G* g, rt::gstatus from) REQUIRES(sched.lock) {
  rt::casgstatus(g, from, rt::Grunnable);
  rt::globrunqput(g);
}

void lookout() {
  stand_on(0, -1);
  {
    const rt::sched_lock_guard hold(sched.lock);
    to_the_global_queue((*gs)[1], rt::Gwaiting);
  }
  rt::startm(nullptr, false);
  busy_forever();
}

void returns_from_a_system_call() {
  stand_on(1, -1);
  rt::P* p = nullptr;
  {
    const rt::sched_lock_guard hold(sched.lock);
    p = rt::pidleget();
    if (p == nullptr) to_the_global_queue((*gs)[2], rt::Gsyscall);
  }
  if (p == nullptr) return rt::stopm();
  rt::acquirep(p);
  busy_forever();
}

TEST_CASE("no false alarm while an M is being born") {
  scenario s("the lookout and M1");
  checker::with_rules(s)
      .init([]() NO_THREAD_SAFETY_ANALYSIS {
        checker::empty_world(1, 2);
        sched.mnext = 2;
        sched.nmsys = 1;
        gs = new std::array<rt::G*, 3>{};
        for (int i = 1; i <= 2; ++i) (*gs)[static_cast<std::size_t>(i)] = checker::real_g(work, i);
        (*gs)[1]->atomicstatus.store(rt::Gwaiting, order::relaxed);
        (*gs)[2]->atomicstatus.store(rt::Gsyscall, order::relaxed);
        rt::pidleput(p_at(0));
      })
      .machine(lookout)
      .machine(returns_from_a_system_call)
      .ends_asleep();
  must_hold(s, {.surprises = 3, .prove = false, .executions = 20'000});
}

}  // namespace
}  // namespace newproc::exercise
