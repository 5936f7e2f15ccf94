// zh: 主人不动的时候：偷几个，偷哪些，什么时候才动 runnext。
// en: While the owner keeps still: how many, which ones, and when runnext may be touched.
#include "../workbench.hpp"
#include "ch3_runqueue/inside.hpp"

namespace newproc::exercise {
namespace {

/// zh: 两种语言里都是“环里有 n 个”。 en: "the victim's ring holds n" in both languages.
words holding(int n) { return words{"别人的环里有 ", "the victim's ring holds "} + n; }

void half_of(int n, std::uint32_t start) {
  workbench w;
  goroutines gs(static_cast<std::size_t>(n));
  start_at(w.other, start);
  start_at(w.p, start + 17);
  fill(w.other, gs, n);
  const G* g = steal(w.p, w.other, false);
  must(g != nullptr, holding(n) + words{" 个，你的 runqsteal 什么也没有返回",
                                        ", and your runqsteal returns nothing"});
  const int loot = (n + 1) / 2;
  const int left = static_cast<int>(ring_length(w.other));
  must(left == n - loot,
       holding(n) + words{" 个，该拿走 ", ", of which "} + loot +
           words{" 个（一半，向上取整），你拿走了 ", " should go (half, rounded up); you took "} +
           (n - left));
  must_be(drain(w.other, gs), counting(loot, n - loot),
          holding(n) + words{" 个，该走的是最老的一半；留给主人的不对",
                             ", and the oldest half should go; what is left to the owner is "
                             "not right"});
  std::vector<int> mine = drain(w.p, gs);
  must_be(mine, counting(0, loot - 1),
          holding(n) + words{" 个；除了返回的那个，其余赃物该依次在 p 的环里",
                             "; all of the loot but the one returned should be in p's ring, in "
                             "order"});
  must(gs.index(g) == loot - 1,
       holding(n) +
           words{" 个，该返回赃物的最后一个，第 ",
                 ", and the last of the loot should be returned, number "} +
           (loot - 1) + words{" 号，你返回了第 ", "; you returned number "} + gs.index(g) +
           words{" 号", ""});
}

TEST_CASE("a thief takes the oldest half rounded up") {
  for (const std::uint32_t start : index_starts)
    for (const int n : {1, 2, 3, 4, 5, 127, 128, 255, 256}) half_of(n, start);
}

TEST_CASE("there is nothing to steal from an empty queue") {
  workbench w;
  must(steal(w.p, w.other, false) == nullptr && steal(w.p, w.other, true) == nullptr,
       {"别人的队列是空的，你的 runqsteal 却返回了一个 G",
        "the victim's queue is empty, and your runqsteal returns a G"});
}

TEST_CASE("runnext is taken only when asked for and only from an empty ring") {
  workbench w;
  goroutines gs(2);
  put(w.other, gs[0], true);
  must(steal(w.p, w.other, false) == nullptr && w.other->runnext.load() == gs[0],
       {"stealRunNextG 是假，你却拿走了 runnext", "stealRunNextG is false, and you took runnext"});
  put(w.other, gs[1], true);
  must(steal(w.p, w.other, true) == gs[0] && w.other->runnext.load() == gs[1],
       {"环里有一个 G，该偷的是它，runnext 留给主人",
        "the ring holds a G: that is to be stolen, and runnext stays with its owner"});
  must(steal(w.p, w.other, true) == gs[1] && w.other->runnext.load() == nullptr,
       {"环是空的，stealRunNextG 是真，该偷到 runnext 里的 G",
        "the ring is empty and stealRunNextG true, so the G in runnext should be stolen"});
}

TEST_CASE("what runqgrab grabs is not published yet") {
  workbench w;
  goroutines gs(4);
  fill(w.other, gs, 4);
  w.p->owner.held();
  const std::uint32_t n = rt::runqgrab(w.other, w.p, false);
  must(n == 2, words{"环里有 4 个，runqgrab 该抓 2 个，你返回了 ",
                     "the ring holds 4 and runqgrab should grab 2; you return "} +
                   n);
  must(ring_length(w.p) == 0, {"runqgrab 只抓，不公布：p 的队尾不该动",
                               "runqgrab grabs and does not publish: p's tail should not move"});
}

}  // namespace
}  // namespace newproc::exercise
