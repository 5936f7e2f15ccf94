// zh: 忘了拿 sched.lock：别的 P 正在从全局队列取。
// en: Forgets sched.lock: other Ps are just taking from the global queue.
// earns: you change it without the lock
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
  globrunqputbatch(batch);
  return true;
}

}  // namespace newproc::rt
