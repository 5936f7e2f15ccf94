// zh: gogo 跑了 call 就返回，没有恢复 systemstack 的调用者。
// en: gogo runs the call and returns, and does not resume systemstack's caller.
// earns: gogo must run call(arg) and resume who wrote it
#include "ch1_entry/entry.hpp"
#include "ch1_entry/switch.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {
namespace {

G* landing(const platform::arrival& a) {
  const departure d = *static_cast<departure*>(a.data);
  d.from->sched.sp = a.fctx;
  if (d.call != nullptr) {
    d.call(d.arg);
    return nullptr;
  }
  if (d.fn != nullptr) d.fn(d.from);
  return nullptr;
}

}  // namespace

void mcall(void (*fn)(G*)) {
  G* g = getg();
  THROW_UNLESS(g != &g->m->g0, "mcall called on g0 stack");
  departure d{g, fn, nullptr, nullptr};
  landing(leave(d, &g->m->g0));
}

void gogo(G* g) {
  G* g0 = getg();
  if (g->sched.sp == nullptr) firststack(g->m->p, g);
  while (g != nullptr) {
    departure d{g0, nullptr, nullptr, nullptr};
    g = landing(leave(d, g));
  }
}

}  // namespace newproc::rt
