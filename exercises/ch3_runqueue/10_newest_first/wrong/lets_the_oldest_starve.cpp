// zh: 总是取最新的：只要不断有新的来，最老的就永远等下去。
// en: Always takes the newest: as long as new ones come, the oldest waits for ever.
// earns: the newest every time, and the oldest may wait for ever
#include "ch3_runqueue/inside.hpp"
#include "given.hpp"

namespace newproc::rt {
namespace {

next_g take_newest(P* p) {
  const auto tail = p->runqtail.load(order::relaxed);
  const auto last = tail - 1;
  p->runqtail.store(last, order::release);
  os::fence(order::seq_cst);
  auto head = p->runqhead.load(order::acquire);
  const auto before = static_cast<std::int32_t>(last - head);
  if (before > 0) return {p->runq[last % ring_size].load(order::relaxed), false};
  G* g = nullptr;
  if (before == 0 &&
      p->runqhead.compare_exchange_strong(head, head + 1, order::seq_cst, order::relaxed))
    g = p->runq[last % ring_size].load(order::relaxed);
  p->runqtail.store(tail, order::release);
  return {g, false};
}

}  // namespace

next_g runqget(P* p) {
  G* next = p->runnext.load(order::relaxed);
  if (next != nullptr &&
      p->runnext.compare_exchange_strong(next, nullptr, order::acq_rel, order::relaxed))
    return {next, true};
  return take_newest(p);
}

std::uint32_t runqgrab(P* victim, P* p, bool stealRunNextG) {
  const auto my_tail = p->runqtail.load(order::relaxed);
  for (;;) {
    auto head = victim->runqhead.load(order::acquire);
    os::fence(order::seq_cst);
    const auto tail = victim->runqtail.load(order::acquire);
    G* g = nullptr;
    if (static_cast<std::int32_t>(tail - head) > 0) {
      g = victim->runq[head % ring_size].load(order::relaxed);
      if (!victim->runqhead.compare_exchange_strong(head, head + 1, order::seq_cst, order::relaxed))
        continue;
    } else {
      g = stealRunNextG ? victim->runnext.load(order::acquire) : nullptr;
      if (g == nullptr) return 0;
      os::nap(runnext_back_off_ns);
      if (!victim->runnext.compare_exchange_strong(g, nullptr, order::acq_rel, order::relaxed))
        continue;
    }
    p->runq[my_tail % ring_size].store(g, order::relaxed);
    return 1;
  }
}

}  // namespace newproc::rt
