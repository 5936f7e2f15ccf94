// zh: 全取走：别的 P 只好来偷回去。
// en: Takes everything: the other Ps must come and steal it back.
// earns: with 4 Ps and max 0 a share should be 1, and you took 3
#include "ch3_runqueue/runqueue.hpp"

namespace newproc::rt {

G* globrunqget(P* p, std::int32_t max) {
  const std::int32_t size = globrunqsize();
  if (size == 0) return nullptr;
  std::int32_t n = size;
  if (max > 0) n = std::min(n, max);
  n = std::min(n, static_cast<std::int32_t>(global_batch_maximum));
  G* first = sched.runq.pop();
  auto tail = p->runqtail.load(order::relaxed);
  for (; n > 1; --n) {
    p->runq[tail % ring_size].store(sched.runq.pop(), order::relaxed);
    p->runqtail.store(++tail, order::release);
  }
  sched.runqsize.store(static_cast<std::int32_t>(sched.runq.size()), order::relaxed);
  return first;
}

}  // namespace newproc::rt
