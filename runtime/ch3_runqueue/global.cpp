// zh: 全局运行队列：一个队列，一把锁。
//
// zh: 它装三种 G：本地环装不下的、让出的（yield）、从别处回来而没有 P 的。
//     人人都要锁，所以进出都成批：溢出一次 129 个，取一次按人头分一份。
//     一份是 runqsize/gomaxprocs + 1，按此刻剩下的算：谁也不会独吞，队列短了也总取得到一个。
//
// zh: 没有采用的设计：无锁的多生产者多消费者队列（批量操作反而更贵，次序也更难说清）；
//     取空整个队列（一个 P 撑死，别的饿死）。
//
// en: The global run queue: one queue, one lock.
//
// en: It holds three kinds of Gs: those for which a local ring had no room, those that yielded, and
//     those that come back from elsewhere without a P. Everyone needs the lock, so both ways go by
//     the batch: 129 in an overflow, one share per head when taking. A share is runqsize/gomaxprocs
//     + 1 of what is left at the moment: no P swallows it whole, and from a short queue there is
//     always one to be had.
//
// en: Designs not taken: a lock-free queue of many producers and consumers (batches cost more
//     there, and its order is harder to state); taking everything (one P gorges, the others
//     starve).
#include "ch3_runqueue/inside.hpp"
#include "ch3_runqueue/runqueue.hpp"

#include <algorithm>

#include "ch2_goroutine/goroutine.hpp"
#include "ch5_spinning/spinning.hpp"

namespace newproc::rt {
namespace {

/// zh: 每次改动队列之后：让不拿锁的人看得见它的长度。
/// en: After every change of the queue: lets those without the lock see its length.
void publish_size() REQUIRES(sched.lock) {
  sched.runqsize.store(static_cast<std::int32_t>(sched.runq.size()), order::relaxed);
}

}  // namespace

void globrunqput(G* g) { globrunqputbatch({&g, 1}); }

void globrunqputbatch(std::span<G* const> batch) {
  for (G* g : batch) sched.runq.push(g);
  publish_size();
}

// [globrunqget]
G* globrunqget(P* p, std::int32_t max) {
  const std::int32_t size = globrunqsize();
  if (size == 0) return nullptr;
  std::int32_t n = std::min(size, size / sched.gomaxprocs + 1);
  if (max > 0) n = std::min(n, max);
  n = std::min(n, static_cast<std::int32_t>(global_batch_maximum));
  G* first = sched.runq.pop();
  // zh: 一批不超过半个环，而此时本地队列是空的（或只取一个），所以不会溢出，也就不会再要
  //     sched.lock。
  // en: A batch is at most half a ring and the local queue is empty now (or one is taken only), so
  //     nothing overflows and sched.lock is not wanted again.
  for (auto tail = p->runqtail.load(order::relaxed); n > 1; --n) {
    p->runq[tail % ring_size].store(sched.runq.pop(), order::relaxed);
    // zh: 与 runqgrab 读队尾的 acquire 配对 en: pairs with runqgrab's acquire of the tail
    p->runqtail.store(++tail, order::release);
  }
  publish_size();
  return first;
}
// [globrunqget]

void injectglist(P* p, G* list) {
  while (G* g = list) {
    list = g->schedlink;
    g->schedlink = nullptr;
    casgstatus(g, Gwaiting, Grunnable);
    if (p == nullptr) {
      const sched_lock_guard hold(sched.lock);
      globrunqput(g);
      continue;
    }
    p->owner.held();
    runqput(p, g, false);
    workadded(p);
  }
}

}  // namespace newproc::rt
