// zh: Chase 和 Lev 的双端队列。主人先把队尾退一格，宣布“这一格我要了”，再看队头；窃取者先看队头，再
//     看队尾。两人都先写后读（窃取者的写，是上一个窃取者对队头的推进），中间各立一道 seq_cst 屏障，
//     至少一人看得见另一人；只剩一个 G 时看见了也没有用，于是由队头的 CAS 裁决。
//
// zh: 退队尾的写必须是 release：窃取者也许正从这一次写得知队尾，随后去读更早放进来的 G。C++20 里，
//     同一线程后来的 relaxed 写不再替先前的 release 说话。
//
// en: The deque of Chase and Lev. The owner first moves the tail back by one, which says "this slot is
//     mine", and then looks at the head; a thief looks at the head first and then at the tail. Each has
//     a seq_cst fence in between, so at least one of them sees the other. When there is one G left,
//     seeing is not enough, and a CAS of the head decides.
//
// en: The store that moves the tail back must be a release: it may be this store that tells a thief
//     where the tail is, who then reads a G that was put earlier. In C++20 a later relaxed store of the
//     same thread no longer speaks for an earlier release.
#include "ch3_runqueue/inside.hpp"
#include "given.hpp"

namespace newproc::rt {
namespace {

next_g take_oldest(P* p) {
  for (;;) {
    auto head = p->runqhead.load(order::acquire);
    if (head == p->runqtail.load(order::relaxed)) return {};
    G* g = p->runq[head % ring_size].load(order::relaxed);
    if (p->runqhead.compare_exchange_strong(head, head + 1, order::seq_cst, order::relaxed))
      return {g, false};
  }
}

next_g take_newest(P* p) {
  const auto tail = p->runqtail.load(order::relaxed);
  const auto last = tail - 1;
  p->runqtail.store(last, order::release);
  os::fence(order::seq_cst);
  auto head = p->runqhead.load(order::acquire);
  const auto before = static_cast<std::int32_t>(last - head);
  if (before > 0) return {p->runq[last % ring_size].load(order::relaxed), false};
  // zh: 一个也没有，或只剩一个：后者与窃取者争队头。
  // en: None, or one left; for that one, race thieves for the head.
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
  return p->schedtick % fair_tick == 0 ? take_oldest(p) : take_newest(p);
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
