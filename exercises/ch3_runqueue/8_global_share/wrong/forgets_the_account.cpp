// zh: 没有更新 sched.runqsize：别人以为活还在，白跑一趟；下一次还会从空队列里取。
// en: Does not update sched.runqsize: others come in vain, and the next one pops from an empty
//     queue.
// earns: afterwards sched.runqsize should be
#include "ch3_runqueue/runqueue.hpp"

namespace newproc::rt {

G* globrunqget(P* p, std::int32_t max) {
  const std::int32_t size = globrunqsize();
  if (size == 0) return nullptr;
  std::int32_t n = std::min(size, size / sched.gomaxprocs + 1);
  if (max > 0) n = std::min(n, max);
  n = std::min(n, static_cast<std::int32_t>(global_batch_maximum));
  G* first = sched.runq.pop();
  auto tail = p->runqtail.load(order::relaxed);
  for (; n > 1; --n) {
    p->runq[tail % ring_size].store(sched.runq.pop(), order::relaxed);
    p->runqtail.store(++tail, order::release);
  }
  return first;
}

}  // namespace newproc::rt
