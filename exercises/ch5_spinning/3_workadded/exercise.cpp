// zh: 习题 5.3：交活的人。 en: Exercise 5.3: the submitter.
#include "ch1_entry/entry.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"

namespace newproc::rt {

void workadded(P*) {
  // TODO zh: 刚有一个 G 进了队列：该不该叫人来找？
  //      en: A G has just been queued: should an M be woken to look for it?
}

}  // namespace newproc::rt
