// zh: 三个量各读一次：读完环之后，主人把 runnext 里的 G 挤进环，又取走新的 runnext。
// en: Reads the three once each: after it has seen the ring, the owner kicks runnext's G into it and
//     takes the new runnext.
// earns: runqempty says empty, and there was a G all the while
#include "ch3_runqueue/runqueue.hpp"

namespace newproc::rt {

bool runqempty(const P* p) {
  const auto head = p->runqhead.load(order::acquire);
  const auto tail = p->runqtail.load(order::acquire);
  return head == tail && p->runnext.load(order::acquire) == nullptr;
}

}  // namespace newproc::rt
