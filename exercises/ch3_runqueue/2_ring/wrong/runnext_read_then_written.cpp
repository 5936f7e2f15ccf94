// zh: 换 runnext 用一读一写：窃取者在中间拿走了旧住户，旧住户又被送进环里。
// en: Exchanges runnext by a load and a store: in between a thief takes the old occupant, who is
//     then sent to the ring as well.
// earns: G run twice
#include "ch3_runqueue/inside.hpp"
#include "ch3_runqueue/runqueue.hpp"

namespace newproc::rt {

void runqput(P* p, G* g, bool next) {
  if (next) {
    G* old = p->runnext.load(order::acquire);
    p->runnext.store(g, order::release);
    if (old == nullptr) return;
    g = old;
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
    auto head = p->runqhead.load(order::acquire);
    if (head == p->runqtail.load(order::relaxed)) return {};
    G* g = p->runq[head % ring_size].load(order::relaxed);
    if (p->runqhead.compare_exchange_strong(head, head + 1, order::release, order::relaxed))
      return {g, false};
  }
}

}  // namespace newproc::rt
