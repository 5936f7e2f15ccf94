// zh: 只送走最老的一半，忘了引起溢出的那一个。
// en: Sends the oldest half and forgets the one that caused the overflow.
// earns: 129 should go to the global queue, the 128 oldest and the newcomer; there went 128
#include "ch3_runqueue/inside.hpp"
#include "ch3_runqueue/runqueue.hpp"

namespace newproc::rt {

bool runqputslow(P* p, G*, std::uint32_t head, std::uint32_t) {
  constexpr std::uint32_t half = ring_size / 2;
  std::array<G*, half> batch;
  for (std::uint32_t i = 0; i < half; ++i)
    batch[i] = p->runq[(head + i) % ring_size].load(order::relaxed);
  if (!p->runqhead.compare_exchange_strong(head, head + half, order::release, order::relaxed))
    return false;
  const sched_lock_guard hold(sched.lock);
  globrunqputbatch(batch);
  return true;
}

}  // namespace newproc::rt
