// zh: 取走时的两次 CAS 都用 relaxed：看见取走的人，不一定看得见先前放进环的，于是以为队列是空的。
// en: Both CASes that take are relaxed: an M that sees that something was taken need not see what
//     had been put into the ring before, and believes that the queue is empty.
// earns: it sees what was taken, and not what had been put into the ring before
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
      p->runnext.compare_exchange_strong(next, nullptr, order::relaxed, order::relaxed))
    return {next, true};
  for (;;) {
    auto head = p->runqhead.load(order::acquire);
    if (head == p->runqtail.load(order::relaxed)) return {};
    G* g = p->runq[head % ring_size].load(order::relaxed);
    if (p->runqhead.compare_exchange_strong(head, head + 1, order::relaxed, order::relaxed))
      return {g, false};
  }
}

}  // namespace newproc::rt
