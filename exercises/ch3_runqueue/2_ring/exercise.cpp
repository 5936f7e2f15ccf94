// zh: 习题 3.2：一个环，一个插队的位置。 en: Exercise 3.2: a ring, and a place to jump the queue.
#include "ch3_runqueue/runqueue.hpp"

namespace newproc::rt {

void runqput([[maybe_unused]] P* p, [[maybe_unused]] G* g, [[maybe_unused]] bool next) {
  // TODO zh: next 为真：g 住进 runnext，旧住户去环尾；否则 g 去环尾。环满了找 runqputslow。
  //      en: With next, g moves into runnext and the old occupant to the ring's tail; else g goes to
  //          the tail. When the ring is full, turn to runqputslow.
}

next_g runqget([[maybe_unused]] P* p) {
  // TODO zh: 先 runnext，再环头。窃取者也在取。
  //      en: First runnext, then the ring's head. Thieves are taking too.
  return {};
}

}  // namespace newproc::rt
