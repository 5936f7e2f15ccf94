// zh: 没有理会 max：每 61 次只该取一个，它取了一整份，可能放不下。
// en: Ignores max: every 61st time it should take just one, and takes a whole share, for which
//     there may be no room.
// earns: max 1 a share should be 1, and you took 10
#include "ch3_runqueue/runqueue.hpp"

namespace newproc::rt {

G* globrunqget(P* p, std::int32_t) {
  const std::int32_t size = globrunqsize();
  if (size == 0) return nullptr;
  std::int32_t n = std::min(size, size / sched.gomaxprocs + 1);
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
