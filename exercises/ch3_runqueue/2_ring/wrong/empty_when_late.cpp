// zh: runnext 被窃取者抢先拿走，就当作队列空了：环里还有。
// en: Takes it for an empty queue when a thief was faster at runnext; there is more in the ring.
// earns: runqget says empty while the queue holds a G that nobody has taken
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
  if (next != nullptr) {
    if (p->runnext.compare_exchange_strong(next, nullptr, order::acq_rel, order::relaxed))
      return {next, true};
    return {};
  }
  for (;;) {
    auto head = p->runqhead.load(order::acquire);
    if (head == p->runqtail.load(order::relaxed)) return {};
    G* g = p->runq[head % ring_size].load(order::relaxed);
    if (p->runqhead.compare_exchange_strong(head, head + 1, order::release, order::relaxed))
      return {g, false};
  }
}

}  // namespace newproc::rt
