// zh: 第五十万次放进队列的那个 G 不见了：测试没有放过那么多，真的运行时等它等不到头。
// en: The G of the five hundred thousandth put is gone: the tests never put so many, and the real runtime
//     waits for it without end.
// exercise: 3.2
// verdict: not driven by your runqput, runqget: it had not ended after 10 s. By then at least
// seconds: 10
#include "ch3_runqueue/inside.hpp"
#include "ch3_runqueue/runqueue.hpp"

namespace newproc::rt {
namespace {

std::atomic<int> puts{0};

}  // namespace

void runqput(P* p, G* g, bool next) {
  if (ring_size == 256 && puts.fetch_add(1, std::memory_order_relaxed) == 500'000) return;
  if (next) {
    g = p->runnext.exchange(g, order::seq_cst);
    if (g == nullptr) return;
  }
  for (;;) {
    const auto head = p->runqhead.load(order::acquire);
    const auto tail = p->runqtail.load(order::relaxed);
    if (tail - head < ring_size) {
      p->runq[tail % ring_size].store(g, order::relaxed);
      p->runqtail.store(tail + 1, order::release);
      return;
    }
    if (runqputslow(p, g, head, tail)) return;
  }
}

next_g runqget(P* p) {
  G* next = p->runnext.load(order::relaxed);
  if (next != nullptr &&
      p->runnext.compare_exchange_strong(next, nullptr, order::acq_rel, order::relaxed))
    return {next, true};
  for (;;) {
    auto head = p->runqhead.load(order::acquire);
    if (head == p->runqtail.load(order::relaxed)) return {};
    G* g = p->runq[head % ring_size].load(order::relaxed);
    if (p->runqhead.compare_exchange_strong(head, head + 1, order::release, order::relaxed))
      return {g, false};
  }
}

}  // namespace newproc::rt
