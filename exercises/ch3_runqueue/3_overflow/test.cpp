// zh: 装满的环，直接溢出：走的是谁，留下的是谁，锁拿了几次。
// en: A full ring, made to overflow directly: who goes, who stays, how often the lock is taken.
#include "../workbench.hpp"
#include "ch3_runqueue/inside.hpp"

namespace newproc::exercise {
namespace {

bool overflow(P* p, G* g) {
  p->owner.held();
  return rt::runqputslow(p, g, p->runqhead.load(), p->runqtail.load());
}

TEST_CASE("half of the ring and the newcomer go to the global queue") {
  for (const std::uint32_t start : index_starts) {
    workbench w;
    goroutines gs(ring + 1);
    start_at(w.p, start);
    fill(w.p, gs, ring);
    must(overflow(w.p, gs[ring]),
         {"环是满的，也没有人打扰，你的 runqputslow 却返回假",
          "the ring is full and nobody interferes, and your runqputslow returns false"});
    must(rt::globrunqsize() == half + 1,
         words{"该有 129 个去全局队列：128 个最老的，加上新来的；去了 ",
               "129 should go to the global queue, the 128 oldest and the newcomer; there "
               "went "} +
             rt::globrunqsize());
    std::vector<int> gone = counting(0, half);
    gone.push_back(ring);
    must_be(drain_global(gs), gone,
            {"全局队列里的次序不对：老的在前，新来的在最后",
             "the global queue's order is not right: the oldest first, the newcomer last"});
    must_be(drain(w.p, gs), counting(half, half),
            {"留在环里的该是较新的一半", "what stays in the ring should be the younger half"});
  }
}

TEST_CASE("the lock is taken once for all of them") {
  workbench w;
  goroutines gs(ring + 1);
  fill(w.p, gs, ring);
  const std::uint64_t before = sched.lock.taken();
  overflow(w.p, gs[ring]);
  const std::uint64_t times = sched.lock.taken() - before;
  must(times != 0, {"全局队列由 sched.lock 保护，你没有拿锁就动了它",
                    "sched.lock guards the global queue, and you change it without the lock"});
  must(times == 1,
       words{"成批就是为了少拿锁：一次溢出该拿一次 sched.lock，你拿了 ",
             "the point of a batch is to take the lock seldom: once in an overflow; you "
             "take it so many times: "} +
           times);
}

TEST_CASE("nothing happens when a thief was faster") {
  workbench w;
  goroutines gs(ring + 1);
  fill(w.p, gs, ring);
  const std::uint32_t head = w.p->runqhead.load();
  const std::uint32_t tail = w.p->runqtail.load();
  // zh: 有人取走了一个，队头已不是你读到的那个。
  // en: A thief has taken one: the head is no longer the one that was read.
  get(w.p);
  w.p->owner.held();
  const bool done = rt::runqputslow(w.p, gs[ring], head, tail);
  must(!done, {"队头已经被窃取者动过，你的 runqputslow 却返回真",
               "a thief has moved the head, and your runqputslow returns true"});
  must(rt::globrunqsize() == 0,
       {"返回了假，却有 G 到了全局队列", "it returned false, and yet Gs went to the global queue"});
  must_be(drain(w.p, gs), counting(1, ring - 1),
          {"返回了假，环就不该变", "it returned false, so the ring should be as it was"});
}

}  // namespace
}  // namespace newproc::exercise
