// zh: 窃取：从别人的环里拿走最老的一半。
//
// zh: 拿一半而不是一个：一次 CAS 换来许多 G，下次不必再来；也不拿全部：主人手里还得有活。
//     拿最老的一半：它们在主人的缓存里最冷，也等得最久。
//     奇数向上取整，所以只有一个 G 时也偷得动。
//
// zh: runnext 留到最后一轮，偷之前还要等 3 微秒：唤醒别人的 G 通常马上就停下，
//     让主人自己接着跑那个被唤醒的，缓存是热的；抢过来只会让一对生产者和消费者在两个核上来回跳。
//
// zh: 没有采用的设计：一次偷一个（每个 G 一次争抢）；偷最新的（抢走主人正要用的）；
//     偷的一方拿锁（主人就也得拿）。
//
// en: Stealing: take the oldest half of another P's ring.
//
// en: Half and not one: one CAS buys many Gs and saves the next visit; and not all, for the owner
//     needs work too. The oldest half: coldest in the owner's cache, and it has waited longest. Odd
//     numbers round up, so a single G can be stolen.
//
// en: A thief turns to runnext only in the last round, and waits 3 microseconds first: a G that
//     wakes another usually stops at once, and the P then goes on with the one that was woken, its
//     cache warm. Taking it would make a producer and its consumer hop between two cores.
//
// en: Designs not taken: stealing one at a time (a fight for each G); stealing the newest (what the
//     owner is about to use); a lock for thieves (then the owner needs it too).
#include "ch3_runqueue/inside.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

// [runqgrab]
std::uint32_t runqgrab(P* victim, P* p, bool stealRunNextG) {
  const auto my_tail = p->runqtail.load(order::relaxed);
  for (;;) {
    // zh: 队尾的 acquire 与 runqput 的 release 配对：槽里的 G 看得见；队头的同 Go，没有对手
    // en: the tail's acquire pairs with the release in runqput, so that the slots' Gs are seen; the
    //     head's is as in Go and has no partner
    auto head = victim->runqhead.load(order::acquire);
    const auto tail = victim->runqtail.load(order::acquire);
    const std::uint32_t n = (tail - head) - (tail - head) / 2;
    if (n == 0) {
      if (!stealRunNextG) return 0;
      // zh: 下面的 CAS 与 put_runnext 的交换配对；这次读同 Go
      // en: the CAS below pairs with the exchange in put_runnext; this load is as in Go
      G* next = victim->runnext.load(order::acquire);
      if (next == nullptr) return 0;
      if (victim != p) os::nap(runnext_back_off_ns);
      if (!victim->runnext.compare_exchange_strong(next, nullptr, order::acq_rel, order::relaxed))
        continue;
      p->runq[my_tail % ring_size].store(next, order::relaxed);
      return 1;
    }
    // zh: head 和 tail 不是同一刻读的；差得太多，就是读到了两个时代。
    // en: head and tail were not read at one moment; if they are too far apart, they are of two
    //     ages.
    if (n > ring_size / 2) continue;
    for (std::uint32_t i = 0; i < n; ++i) {
      G* g = victim->runq[(head + i) % ring_size].load(order::relaxed);
      p->runq[(my_tail + i) % ring_size].store(g, order::relaxed);
    }
    // zh: 与 runqput 读队头的 acquire 配对：槽已读完，主人可以重用
    // en: pairs with runqput's acquire of the head: the slots are read, the owner may use them
    //     again
    if (victim->runqhead.compare_exchange_strong(head, head + n, order::release, order::relaxed))
      return n;
  }
}
// [runqgrab]

// [runqsteal]
G* runqsteal(P* p, P* victim, bool stealRunNextG) {
  const std::uint32_t grabbed = runqgrab(victim, p, stealRunNextG);
  if (grabbed == 0) return nullptr;
  const std::uint32_t kept = grabbed - 1;
  const auto tail = p->runqtail.load(order::relaxed);
  G* g = p->runq[(tail + kept) % ring_size].load(order::relaxed);
  if (kept == 0) return g;
  // zh: 队尾的 release 与下一个窃取者在 runqgrab 里的 acquire 配对
  // en: the tail's release pairs with the acquire of the next thief in runqgrab
  INVARIANT(tail - p->runqhead.load(order::acquire) + kept < ring_size, "runqsteal: runq overflow");
  p->runqtail.store(tail + kept, order::release);
  return g;
}
// [runqsteal]

}  // namespace newproc::rt
