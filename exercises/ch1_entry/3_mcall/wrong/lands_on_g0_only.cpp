// zh: 只有 gogo 落地，mcall 返回之前不落地：直接换来的人，条子没有人读。
// en: Only gogo lands, mcall does not before it returns: nobody reads the note of who changed
//     straight to it.
// earns: mcall must land too before it returns
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
  departure d{g, fn, nullptr, nullptr};
  leave(d, &g->m->g0);
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
