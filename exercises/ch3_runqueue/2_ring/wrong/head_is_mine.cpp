// zh: 以为队头归主人：直接写，不用 CAS。窃取者刚推进的队头又被写了回去。
// en: Believes that the head is the owner's and stores it, without CAS: it writes back the head
//     that a thief has just moved.
// earns: G run twice
#include "ch3_runqueue/inside.hpp"
#include "ch3_runqueue/runqueue.hpp"

namespace newproc::rt {

void runqput(P* p, G* g, bool next) {
  if (next) {
    g = p->runnext.exchange(g, order::seq_cst);
    if (g == nullptr) return;
  }
  for (;;) {
    const auto head = p->runqhead.load(order::acquire);
    const auto tail = p->runqtail.load(order::relaxed);
    if (tail - head < ring_size) {
      p->runq[tail % ring_size].store(g, order::relaxed);
      p->runqtail.store(tail + 1, order::release);
      return;
    }
    if (runqputslow(p, g, head, tail)) return;
  }
}

next_g runqget(P* p) {
  G* next = p->runnext.load(order::relaxed);
  if (next != nullptr &&
      p->runnext.compare_exchange_strong(next, nullptr, order::acq_rel, order::relaxed))
    return {next, true};
  for (;;) {
    const auto head = p->runqhead.load(order::acquire);
    if (head == p->runqtail.load(order::relaxed)) return {};
    G* g = p->runq[head % ring_size].load(order::relaxed);
    p->runqhead.store(head + 1, order::release);
    return {g, false};
  }
}

}  // namespace newproc::rt
