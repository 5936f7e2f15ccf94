// zh: 再看一遍的是 runnext。两次之间它里面住过一个 G，又被挤进了环；而环是在那之前看的。
// en: Looks at runnext a second time. In between a G lived there, and was kicked out into the ring, which
//     had been looked at before that.
// earns: runqempty says empty, and there was a G all the while
#include "ch3_runqueue/runqueue.hpp"

namespace newproc::rt {

bool runqempty(const P* p) {
  if (p->runnext.load(order::acquire) != nullptr) return false;
  if (p->runqhead.load(order::acquire) != p->runqtail.load(order::acquire)) return false;
  return p->runnext.load(order::acquire) == nullptr;
}

}  // namespace newproc::rt
