// zh: 习题 4.1：谁闲着？ en: Exercise 4.1: who is idle?
#include "ch3_runqueue/runqueue.hpp"
#include "ch4_machine/inside.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

void pidleput([[maybe_unused]] P* p) {
  // TODO zh: 查它没有活，放上去，计数。 en: Check that it has no work, put it on the list, count.
}

P* pidleget() {
  // TODO zh: 取下最后放上去的，计数。 en: Take off the last that was put on, and count.
  return nullptr;
}

void mput([[maybe_unused]] M* m) {
  // TODO zh: 放上去，计数，问 checkdead。 en: Put it on the list, count, ask checkdead.
}

M* mget() {
  // TODO zh: 取下最后放上去的，计数。 en: Take off the last that was put on, and count.
  return nullptr;
}

}  // namespace newproc::rt
