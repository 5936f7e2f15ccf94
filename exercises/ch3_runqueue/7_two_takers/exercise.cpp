// zh: 习题 3.7：两个人取一个。这里有一处错。
// en: Exercise 3.7: two takers. One thing in here is wrong.
#include "ch3_runqueue/runqueue.hpp"

namespace newproc::rt {

next_g runqget(P* p) {
  G* next = p->runnext.load(order::relaxed);
  if (next != nullptr &&
      p->runnext.compare_exchange_strong(next, nullptr, order::acq_rel, order::relaxed))
    return {next, true};
  for (;;) {
    const auto head = p->runqhead.load(order::acquire);
    const auto tail = p->runqtail.load(order::relaxed);
    if (tail == head) return {};
    G* g = p->runq[head % ring_size].load(order::relaxed);
    p->runqhead.store(head + 1, order::release);
    return {g, false};
  }
}

}  // namespace newproc::rt
