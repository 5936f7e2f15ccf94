// zh: 先看队头变了没有，再直接写：窃取者正好夹在两步之间。
// en: First looks whether the head has moved, then stores it: a thief comes just in between.
// earns: G run twice
#include "ch3_runqueue/inside.hpp"
#include "ch3_runqueue/runqueue.hpp"

namespace newproc::rt {

bool runqputslow(P* p, G* g, std::uint32_t head, std::uint32_t) {
  constexpr std::uint32_t half = ring_size / 2;
  std::array<G*, half + 1> batch;
  for (std::uint32_t i = 0; i < half; ++i)
    batch[i] = p->runq[(head + i) % ring_size].load(order::relaxed);
  batch[half] = g;
  if (p->runqhead.load(order::acquire) != head) return false;
  p->runqhead.store(head + half, order::release);
  const sched_lock_guard hold(sched.lock);
  globrunqputbatch(batch);
  return true;
}

}  // namespace newproc::rt
