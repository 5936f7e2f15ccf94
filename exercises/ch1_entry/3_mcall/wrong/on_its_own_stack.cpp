// zh: 先做 fn，再离开：fn 公布 g 的时候，我们还站在它的栈上。
// en: Does fn first and leaves then: when fn publishes g we still stand on its stack.
// earns: your mcall still stands on g's stack
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
    return d.from;
  }
  if (d.fn != nullptr) d.fn(d.from);
  return nullptr;
}

}  // namespace

void mcall(void (*fn)(G*)) {
  G* g = getg();
  THROW_UNLESS(g != &g->m->g0, "mcall called on g0 stack");
  fn(g);
  departure d{g, nullptr, nullptr, nullptr};
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
