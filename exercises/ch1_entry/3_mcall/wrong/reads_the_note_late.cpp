// zh: 不抄下条子：fn 公布了 g 之后，还到它的栈上去读 call。
// en: Does not copy the note: after fn has published g it still reads call, on g's stack.
// earns: and you still read the note
#include "ch1_entry/entry.hpp"
#include "ch1_entry/switch.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {
namespace {

G* landing(const platform::arrival& a) {
  const departure& d = *static_cast<departure*>(a.data);
  d.from->sched.sp = a.fctx;
  if (d.fn != nullptr) d.fn(d.from);
  if (d.call != nullptr) {
    d.call(d.arg);
    return d.from;
  }
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
