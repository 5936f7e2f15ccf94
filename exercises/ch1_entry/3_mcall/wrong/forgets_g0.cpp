// zh: 落地时只记下 goroutine 停在哪里，以为 g0 不用记：下一次离开就去了旧的地方。
// en: Notes on landing where a goroutine stopped, and believes that g0's place need not be noted: the next
//     departure goes to an old one.
// earns: mcall must note as it lands where g0 stopped
#include "ch1_entry/entry.hpp"
#include "ch1_entry/switch.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {
namespace {

G* landing(const platform::arrival& a) {
  const departure d = *static_cast<departure*>(a.data);
  if (d.from != &getg()->m->g0) d.from->sched.sp = a.fctx;
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
