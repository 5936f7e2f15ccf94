// zh: 忘了半个环的上限：一个 P 一次取走一千个，环里写了一圈又一圈。
// en: Forgets the bound of half a ring: one P takes a thousand at once and writes round and round
//     the ring.
// earns: a share should be 128, and you took 129
#include "ch3_runqueue/runqueue.hpp"

namespace newproc::rt {

G* globrunqget(P* p, std::int32_t max) {
  const std::int32_t size = globrunqsize();
  if (size == 0) return nullptr;
  std::int32_t n = std::min(size, size / sched.gomaxprocs + 1);
  if (max > 0) n = std::min(n, max);
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
