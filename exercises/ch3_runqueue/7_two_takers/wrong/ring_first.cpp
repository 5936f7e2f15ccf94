// zh: 先看环，后看 runnext：最新的 G 要等所有别人跑完。
// en: Reads the ring before runnext: the newest G waits behind all the others.
// earns: runnext comes first
#include "ch3_runqueue/runqueue.hpp"

namespace newproc::rt {

next_g runqget(P* p) {
  for (;;) {
    auto head = p->runqhead.load(order::acquire);
    const auto tail = p->runqtail.load(order::relaxed);
    if (tail == head) break;
    G* g = p->runq[head % ring_size].load(order::relaxed);
    if (p->runqhead.compare_exchange_strong(head, head + 1, order::release, order::relaxed))
      return {g, false};
  }
  G* next = p->runnext.exchange(nullptr, order::acq_rel);
  return {next, next != nullptr};
}

}  // namespace newproc::rt
