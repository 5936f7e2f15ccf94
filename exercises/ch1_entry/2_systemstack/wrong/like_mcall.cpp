// zh: 用了 mcall：它不回来，调度器另选一个；而这个 goroutine 不在任何队列里。
// en: Uses mcall, which does not come back: the scheduler chooses another, and this goroutine is on
//     no queue.
// earns: the goroutine never went on behind systemstack
#include "ch1_entry/entry.hpp"

namespace newproc::rt {
namespace {

void (*function)(void*);
void* argument;

}  // namespace

void systemstack(void (*fn)(void*), void* arg) {
  G* g = getg();
  if (g == nullptr || g == &g->m->g0) return fn(arg);
  function = fn;
  argument = arg;
  mcall([](G*) { function(argument); });
}

}  // namespace newproc::rt
