// zh: CAS 败给了窃取者，也当作办成了：新来的 G 哪里也没有去。
// en: The CAS loses to a thief and is taken for done: the newcomer went nowhere.
// earns: a thief has moved the head, and your runqputslow returns true
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
    return true;
  const sched_lock_guard hold(sched.lock);
  globrunqputbatch(batch);
  return true;
}

}  // namespace newproc::rt
