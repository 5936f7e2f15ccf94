// zh: 不问自己是不是已经在 g0 上：从 g0 跳到 g0 上一次停的地方。
// en: Does not ask whether it is on g0 already: jumps from g0 to where g0 last stopped.
// earns: called on g0, your systemstack changes to g0 all the same
#include "ch1_entry/entry.hpp"
#include "ch1_entry/switch.hpp"

namespace newproc::rt {

void systemstack(void (*fn)(void*), void* arg) {
  G* g = getg();
  if (g == nullptr) return fn(arg);
  departure d{g, nullptr, fn, arg};
  land(g, leave(d, &g->m->g0));
}

}  // namespace newproc::rt
