// zh: 习题 2.4：闭包住在哪里。 en: Exercise 2.4: where the closure lives.
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

void place_closure([[maybe_unused]] P* p, G* g, [[maybe_unused]] const funcval& fn) {
  // TODO zh: 放得下才住在 G 里，否则要一个栈。 en: Inside the G only where it fits; else it wants a stack.
  g->sched.ctxt = g->closure.data();
}

void place_on_stack([[maybe_unused]] G* g, [[maybe_unused]] const funcval& fn) {
  // TODO zh: 从栈顶往下：闭包，然后第一帧。 en: From the stack's top down: the closure, then the first frame.
}

}  // namespace newproc::rt
