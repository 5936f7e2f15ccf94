// zh: 先进环，最后一个才返回：最先来的又等了一轮。
// en: Fills the ring first and returns the last: the first to come has to wait once more.
// earns: what you return is not the head
#include "ch3_runqueue/runqueue.hpp"

namespace newproc::rt {

G* globrunqget(P* p, std::int32_t max) {
  const std::int32_t size = globrunqsize();
  if (size == 0) return nullptr;
  std::int32_t n = std::min(size, size / sched.gomaxprocs + 1);
  if (max > 0) n = std::min(n, max);
  n = std::min(n, static_cast<std::int32_t>(global_batch_maximum));
  auto tail = p->runqtail.load(order::relaxed);
  for (; n > 1; --n) {
    p->runq[tail % ring_size].store(sched.runq.pop(), order::relaxed);
    p->runqtail.store(++tail, order::release);
  }
  G* first = sched.runq.pop();
  sched.runqsize.store(static_cast<std::int32_t>(sched.runq.size()), order::relaxed);
  return first;
}

}  // namespace newproc::rt
