// zh: 忘了运行时之外的线程：那里没有 G 可问。
// en: Forgets threads outside the runtime: there is no G to ask there.
// earns: outside the runtime's threads
#include "ch1_entry/entry.hpp"
#include "ch1_entry/switch.hpp"

namespace newproc::rt {

void systemstack(void (*fn)(void*), void* arg) {
  G* g = getg();
  if (g == &g->m->g0) return fn(arg);
  departure d{g, nullptr, fn, arg};
  land(g, leave(d, &g->m->g0));
}

}  // namespace newproc::rt
