// zh: 习题 3.5 的一份正确答案。 en: A right answer to exercise 3.5.
#include "ch3_runqueue/runqueue.hpp"

namespace newproc::rt {

bool runqempty(const P* p) {
  for (;;) {
    const auto head = p->runqhead.load(order::acquire);
    const auto tail = p->runqtail.load(order::acquire);
    const G* next = p->runnext.load(order::acquire);
    if (tail == p->runqtail.load(order::acquire)) return head == tail && next == nullptr;
  }
}

}  // namespace newproc::rt
