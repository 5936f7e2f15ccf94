// zh: 只换了 getg()，没有换栈。
// en: Changes what getg() says, and not the stack.
// earns: fn ran on the goroutine's own stack
#include "ch1_entry/entry.hpp"

namespace newproc::rt {

void systemstack(void (*fn)(void*), void* arg) {
  G* g = getg();
  if (g == nullptr || g == &g->m->g0) return fn(arg);
  os::set_thread_word(&g->m->g0);
  fn(arg);
  os::set_thread_word(g);
}

}  // namespace newproc::rt
