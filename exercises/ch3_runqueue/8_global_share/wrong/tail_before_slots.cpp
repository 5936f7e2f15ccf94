// zh: 先公布队尾，再填槽：窃取者取走了槽里的旧东西。
// en: Publishes the tail first and fills the slots afterwards: a thief takes what the slots held
//     before.
// earns: nobody got G
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
    p->runqtail.store(tail + 1, order::release);
    p->runq[tail++ % ring_size].store(sched.runq.pop(), order::relaxed);
  }
  sched.runqsize.store(static_cast<std::int32_t>(sched.runq.size()), order::relaxed);
  return first;
}

}  // namespace newproc::rt
