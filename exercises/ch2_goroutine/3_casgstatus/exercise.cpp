// zh: 习题 2.3：状态机。 en: Exercise 2.3: the state machine.
#include "ch2_goroutine/goroutine.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

void casgstatus(G* g, [[maybe_unused]] gstatus from, gstatus next) {
  // TODO zh: 先查这条边合不合法，再查 g 是不是真的在 from。
  //      en: First whether that edge is legal, then whether g is really in `from`.
  g->atomicstatus.store(next, order::release);
}

}  // namespace newproc::rt
