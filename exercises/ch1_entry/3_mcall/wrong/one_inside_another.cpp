// zh: gogo 用递归恢复写条子的人：每调用一次 systemstack，g0 的栈就深一层。
// en: gogo resumes who wrote the note by calling itself: with each systemstack g0's stack grows.
// earns: with each time that your gogo resumes it g0's stack grows
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
  landing(leave(d, &g->m->g0));
}

void gogo(G* g) {
  G* g0 = getg();
  if (g->sched.sp == nullptr) firststack(g->m->p, g);
  departure d{g0, nullptr, nullptr, nullptr};
  if (G* again = landing(leave(d, g))) gogo(again);
}

}  // namespace newproc::rt
