// zh: 搬走的是较新的一半：等得最久的继续等，主人正要用的却走了。
// en: Moves the younger half: those that have waited longest go on waiting, and what the owner is
//     about to use leaves.
// earns: the global queue's order is not right
#include "ch3_runqueue/inside.hpp"
#include "ch3_runqueue/runqueue.hpp"

namespace newproc::rt {

bool runqputslow(P* p, G* g, std::uint32_t head, std::uint32_t) {
  constexpr std::uint32_t half = ring_size / 2;
  std::array<G*, half + 1> batch;
  for (std::uint32_t i = 0; i < half; ++i)
    batch[i] = p->runq[(head + half + i) % ring_size].load(order::relaxed);
  batch[half] = g;
  if (!p->runqhead.compare_exchange_strong(head, head + half, order::release, order::relaxed))
    return false;
  const sched_lock_guard hold(sched.lock);
  globrunqputbatch(batch);
  return true;
}

}  // namespace newproc::rt
