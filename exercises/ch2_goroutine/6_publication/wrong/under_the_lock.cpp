// zh: 两步都握着全局的锁做：窃取者并不拿这把锁；而队列满了，runqput 自己要拿它。
// en: Does both steps holding the global lock: thieves do not take it; and when the queue is full
//     runqput takes it itself.
// earns: runqput takes sched.lock itself
#include "ch1_entry/entry.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "ch5_spinning/spinning.hpp"
#include "newproc/detail/closure.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {
namespace {

// zh: 一个死去的 G：缓存里的，或新造的。 en: A dead G: a cached one, or a new one.
G* dead_g() {
  P* p = getg()->m->p;
  p->owner.held();
  if (G* g = gfget(p)) return g;
  G* g = nullptr;
  systemstack([&g] {
    g = malg();
    casgstatus(g, Gidle, Gdead);
    allgadd(g);
  });
  return g;
}

// zh: 就地构造闭包；用户的代码可能抛出，那就把 G 还回去。
// en: Builds the closure in place; user code may throw, and then the G is given back.
void build_closure(G* g, const funcval& fn, closure_builder builder) {
  P* p = getg()->m->p;
  p->owner.held();
  place_closure(p, g, fn);
  try {
    builder.build(g->sched.ctxt, builder.from);
  } catch (...) {
    P* now = getg()->m->p;
    now->owner.held();
    if (g->stack.hi != nullptr) stackfree(now, g);
    gfput(now, g);
    throw;
  }
}

void publish(P* p, G* g) {
  p->owner.held();
  {
    const sched_lock_guard hold(sched.lock);
    runqput(p, g, true);
    casgstatus(g, Gdead, Grunnable);
  }
  if (sched.mainStarted.load(order::relaxed)) workadded(p);
}

}  // namespace

G* newproc1(const funcval& fn, closure_builder builder, G* callergp, const void* callerpc) {
  G* g = dead_g();
  INVARIANT(g->status() == Gdead, "newproc1: new g is not Gdead");
  build_closure(g, fn, builder);

  M* m = acquirem();
  P* p = m->p;
  p->owner.held();
  g->startfn = &fn;
  g->startpc = reinterpret_cast<const void*>(fn.call);
  g->gopc = callerpc;
  g->parentGoid = callergp->goid;
  if (const G* curg = m->curg) g->labels = curg->labels;
  g->goid = next_goid(p);
  add_one(p->goroutinesCreated, order::relaxed);
  publish(p, g);
  releasem(m);
  return g;
}

}  // namespace newproc::rt
