// zh: 一个一个地送，每个拿一次锁。
// en: Sends them one by one, with the lock taken for each.
// earns: the point of a batch is to take the lock seldom: once in an overflow; you take it so many times: 129
#include "ch3_runqueue/inside.hpp"
#include "ch3_runqueue/runqueue.hpp"

namespace newproc::rt {

bool runqputslow(P* p, G* g, std::uint32_t head, std::uint32_t) {
  constexpr std::uint32_t half = ring_size / 2;
  std::array<G*, half + 1> batch;
  for (std::uint32_t i = 0; i < half; ++i)
    batch[i] = p->runq[(head + i) % ring_size].load(order::relaxed);
  batch[half] = g;
  if (!p->runqhead.compare_exchange_strong(head, head + half, order::release, order::relaxed))
    return false;
  for (G* each : batch) {
    const sched_lock_guard hold(sched.lock);
    globrunqput(each);
  }
  return true;
}

}  // namespace newproc::rt
