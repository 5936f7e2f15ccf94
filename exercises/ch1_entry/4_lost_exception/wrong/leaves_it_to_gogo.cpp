// zh: 以为 gogo 会恢复，于是不再恢复；可是没有人存过。
// en: Believes that gogo restores it, and restores nothing; but nobody had saved it.
// earns: went on on the same thread, and can't find its exception
#include "ch1_entry/entry.hpp"
#include "ch1_entry/switch.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

void mcall(void (*fn)(G*)) {
  G* g = getg();
  THROW_UNLESS(g != &g->m->g0, "mcall called on g0 stack");
  G* g0 = &g->m->g0;
  os::exception_state* const current = g->m->exceptions;
  *current = {};  // zh: g0 没有在处理异常 en: g0 handles no exception

  departure d{g, fn, nullptr, nullptr};
  os::set_thread_word(g0);
  const platform::arrival a =
      platform::jump(g0->sched.sp, &d, g->stack.identity, g0->stack.identity, false);
  land(g, a);
}

}  // namespace newproc::rt
