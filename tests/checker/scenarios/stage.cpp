// zh: 单个模块的台子：一个空的世界，站在 g0 上的 M，造出来的 G。
// en: The stage for a single module: an empty world, Ms standing on g0, made-up Gs.
#include <memory>

#include "ch1_entry/entry.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "ch4_machine/inside.hpp"
#include "ch4_machine/machine.hpp"
#include "newproc/detail/closure.hpp"
#include "rules.hpp"
#include "world/world.hpp"

namespace newproc::checker {

void empty_world(int procs, int machines) {
  rt::schedreset();
  rt::procresize(procs);
  for (int i = 0; i < machines; ++i) rt::mcommoninit(std::make_unique<rt::M>().release(), i);
}

rt::M* stand_on(int i, int p) NO_THREAD_SAFETY_ANALYSIS {
  rt::M* m = rt::sched.allm;
  while (m->id != i) m = m->alllink;
  rt::enter_thread(m);
  m->found_work = true;
  if (p >= 0) rt::acquirep(p_at(p));
  return m;
}

rt::G* made_up_g(int goid) NO_THREAD_SAFETY_ANALYSIS {
  rt::G* g = std::make_unique<rt::G>().release();
  g->goid = goid;
  g->atomicstatus.store(rt::Grunnable, order::relaxed);
  rt::sched.allgs.push_back(g);
  return g;
}

// zh: 借 M 0 和 P 0 造它，再从队列里取出来。 en: Made with M 0 and P 0, then taken off the queue.
rt::G* real_g(void (*body)(int), int i) {
  struct call {
    void (*body)(int);
    int i;
    void operator()() const { body(i); }
  };
  using closure = rt::closure<call>;
  rt::M* m = stand_on(0, 0);
  rt::P* p = p_at(0);
  p->owner.held();
  call from{body, i};
  const auto build = [](void* where, void* c) {
    ::new (where) closure{*static_cast<call*>(c), {}};
  };
  rt::newproc1(rt::funcval_of<closure>, rt::closure_builder{build, &from}, &m->g0, nullptr);
  rt::G* g = rt::runqget(p).g;
  rt::releasep();
  rt::leave_thread();
  return g;
}

rt::P* p_at(int i) { return &rt::sched.allp[static_cast<std::size_t>(i)]; }

}  // namespace newproc::checker
