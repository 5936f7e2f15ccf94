// zh: 用原子加法推进队头：加是原子的，却不管读到的槽还归不归自己。
// en: Moves the head by an atomic addition: atomic it is, but it does not ask whether the slot that was
//     read is still ours.
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
    p->runqhead.fetch_add(1, order::acq_rel);
    return {g, false};
  }
}

}  // namespace newproc::rt
