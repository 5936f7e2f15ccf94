// zh: 用大小比较下标：绕回之后，队尾比队头小。
// en: Compares the indices by size: once wrapped around, the tail is less than the head.
// earns: the tail has wrapped around to 0, and the ring still holds a G
#include "ch3_runqueue/runqueue.hpp"

namespace newproc::rt {

bool runqempty(const P* p) {
  for (;;) {
    const auto head = p->runqhead.load(order::acquire);
    const auto tail = p->runqtail.load(order::acquire);
    const G* next = p->runnext.load(order::acquire);
    if (tail == p->runqtail.load(order::acquire)) return !(head < tail) && next == nullptr;
  }
}

}  // namespace newproc::rt
