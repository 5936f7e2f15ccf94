// zh: 习题 3.4 的一份正确答案。 en: A right answer to exercise 3.4.
#include "ch3_runqueue/inside.hpp"
#include "ch3_runqueue/runqueue.hpp"

namespace newproc::rt {

std::uint32_t runqgrab(P* victim, P* p, bool stealRunNextG) {
  const auto my_tail = p->runqtail.load(order::relaxed);
  for (;;) {
    auto head = victim->runqhead.load(order::acquire);
    const auto tail = victim->runqtail.load(order::acquire);
    const std::uint32_t n = (tail - head) - (tail - head) / 2;
    if (n == 0) {
      if (!stealRunNextG) return 0;
      G* next = victim->runnext.load(order::acquire);
      if (next == nullptr) return 0;
      os::nap(runnext_back_off_ns);
      if (!victim->runnext.compare_exchange_strong(next, nullptr, order::acq_rel, order::relaxed))
        continue;
      p->runq[my_tail % ring_size].store(next, order::relaxed);
      return 1;
    }
    if (n > ring_size / 2) continue;
    for (std::uint32_t i = 0; i < n; ++i) {
      G* g = victim->runq[(head + i) % ring_size].load(order::relaxed);
      p->runq[(my_tail + i) % ring_size].store(g, order::relaxed);
    }
    if (victim->runqhead.compare_exchange_strong(head, head + n, order::release, order::relaxed))
      return n;
  }
}

G* runqsteal(P* p, P* victim, bool stealRunNextG) {
  const std::uint32_t n = runqgrab(victim, p, stealRunNextG);
  if (n == 0) return nullptr;
  const auto tail = p->runqtail.load(order::relaxed);
  G* g = p->runq[(tail + n - 1) % ring_size].load(order::relaxed);
  if (n > 1) p->runqtail.store(tail + n - 1, order::release);
  return g;
}

}  // namespace newproc::rt
