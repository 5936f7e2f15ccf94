// zh: 在哪个线程上醒来，就写到那个线程的异常现场里去：地址要重新问。
// en: Write to the exception state of the thread on which we wake: its address must be asked anew.
#include "ch1_entry/entry.hpp"
#include "ch1_entry/switch.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

// zh: 停下的 G 要带走自己的异常现场。放在自己的栈上最省事：局部变量换栈之后都还在。
// en: A G that stops must take its exception state along. Its own stack is the simplest place: all
//     locals are still there after a switch.
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

  *getg()->m->exceptions = mine;
}

}  // namespace newproc::rt
