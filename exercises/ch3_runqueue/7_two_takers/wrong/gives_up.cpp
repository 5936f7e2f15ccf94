// zh: 换不成就当作队列空了：环里也许还有别的 G。
// en: Takes a failed swap for an empty queue: there may be other Gs in the ring.
// earns: runqget says empty while the ring holds Gs that nobody has taken
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
    auto expected = head;
    if (p->runqhead.compare_exchange_strong(expected, head + 1, order::release, order::relaxed))
      return {g, false};
    return {};
  }
}

}  // namespace newproc::rt
