// zh: 忘了加一，只保证至少取一个：1 个、3 个的时候都对，4 个 P 分 10 个 G，一份却该是 3 个。
// en: Forgets the plus one and takes at least one: right for 1 and 3, but of 10 Gs for 4 Ps a share
//     is 3.
// earns: with 4 Ps and max 0 a share should be 3, and you took 2
#include "ch3_runqueue/runqueue.hpp"

namespace newproc::rt {

G* globrunqget(P* p, std::int32_t max) {
  const std::int32_t size = globrunqsize();
  if (size == 0) return nullptr;
  std::int32_t n = std::min(size, std::max(size / sched.gomaxprocs, 1));
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
