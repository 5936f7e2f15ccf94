// zh: 改成记住 M，再问它的异常现场：可是醒来时，M 也是别的 M。
// en: Remembers the M and asks it for its state: but when we wake the M is another one too.
// earns: went on on another thread, and its exception is gone
#include "ch1_entry/entry.hpp"
#include "ch1_entry/switch.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

void mcall(void (*fn)(G*)) {
  G* g = getg();
  THROW_UNLESS(g != &g->m->g0, "mcall called on g0 stack");
  G* g0 = &g->m->g0;
  const M* m = g->m;
  os::exception_state* const current = m->exceptions;
  const os::exception_state mine = *current;
  *current = {};  // zh: g0 没有在处理异常 en: g0 handles no exception

  departure d{g, fn, nullptr, nullptr};
  os::set_thread_word(g0);
  const platform::arrival a =
      platform::jump(g0->sched.sp, &d, g->stack.identity, g0->stack.identity, false);
  land(g, a);

  *m->exceptions = mine;
}

}  // namespace newproc::rt
