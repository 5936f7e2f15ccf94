// zh: 为保险起见两个线程都写：原来的线程从此以为自己在处理一个异常。
// en: Writes to both threads to be on the safe side: from then on the old one believes that it
//     handles an exception.
// earns: the thread that it left believes that it handles that exception
#include "ch1_entry/entry.hpp"
#include "ch1_entry/switch.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

void mcall(void (*fn)(G*)) {
  G* g = getg();
  THROW_UNLESS(g != &g->m->g0, "mcall called on g0 stack");
  G* g0 = &g->m->g0;
  os::exception_state* const current = g->m->exceptions;
  const os::exception_state mine = *current;
  *current = {};  // zh: g0 没有在处理异常 en: g0 handles no exception

  departure d{g, fn, nullptr, nullptr};
  os::set_thread_word(g0);
  const platform::arrival a =
      platform::jump(g0->sched.sp, &d, g->stack.identity, g0->stack.identity, false);
  land(g, a);

  *current = mine;
  *getg()->m->exceptions = mine;
}

}  // namespace newproc::rt
