// zh: 再读一次的是队头，可是进环改动的是队尾。
// en: Reads the head again; but what comes into the ring changes the tail.
// earns: runqempty says empty, and there was a G all the while
#include "ch3_runqueue/runqueue.hpp"

namespace newproc::rt {

bool runqempty(const P* p) {
  for (;;) {
    const auto head = p->runqhead.load(order::acquire);
    const auto tail = p->runqtail.load(order::acquire);
    const G* next = p->runnext.load(order::acquire);
    if (head == p->runqhead.load(order::acquire)) return head == tail && next == nullptr;
  }
}

}  // namespace newproc::rt
