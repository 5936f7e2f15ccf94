// zh: 先看一眼队头有没有变，再写：看与写之间，窃取者还是来得及。
// en: Looks whether the head has changed, then writes: in between a thief still has the time.
// earns: G run twice
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
    if (p->runqhead.load(order::acquire) != head) continue;
    p->runqhead.store(head + 1, order::release);
    return {g, false};
  }
}

}  // namespace newproc::rt
