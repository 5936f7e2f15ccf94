// zh: 只看环，忘了 runnext。 en: Looks at the ring alone and forgets runnext.
// earns: your runqempty says empty, and runnext holds a G
#include "ch3_runqueue/runqueue.hpp"

namespace newproc::rt {

bool runqempty(const P* p) {
  return p->runqhead.load(order::acquire) == p->runqtail.load(order::acquire);
}

}  // namespace newproc::rt
