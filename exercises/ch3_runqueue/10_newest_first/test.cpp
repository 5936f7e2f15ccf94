// zh: 没有人争的时候：主人从哪一头取，窃取者从哪一头偷。
// en: While nobody contends: from which end the owner takes, and from which thieves steal.
#include "given.hpp"

#include "../workbench.hpp"

namespace newproc::exercise {
namespace {

/// zh: 从 schedtick 为 @p tick 起依次取空，每取一个加一，像 execute 那样。
/// en: Takes all there is, from that schedtick on, one more with each, as execute does.
std::vector<int> run_all(P* p, const goroutines& gs, std::uint32_t tick) {
  std::vector<int> order;
  for (p->schedtick = tick;; ++p->schedtick) {
    const G* g = get(p).g;
    if (g == nullptr) return order;
    order.push_back(gs.index(g));
  }
}

TEST_CASE("the owner takes the newest and every fourth time the oldest") {
  for (const std::uint32_t start : index_starts) {
    workbench w;
    goroutines gs(8);
    start_at(w.p, start);
    fill(w.p, gs, 8);
    const std::vector<int> got = run_all(w.p, gs, 1);
    must(!got.empty(), {"环里有 8 个，你的 runqget 什么也没有返回",
                        "the ring holds 8, and your runqget returns nothing"});
    must(got != std::vector<int>{7, 6, 5, 4, 3, 2, 1, 0},
         {"总是取最新的，最老的那个也许永远等不到：schedtick 是 4 的倍数时，该取最老的",
          "the newest every time, and the oldest may wait for ever: when schedtick is a "
          "multiple "
          "of 4 it should be the oldest"});
    must_be(got, {7, 6, 5, 0, 4, 3, 2, 1},
            {"依次放进 0 到 7，schedtick 从 1 数起，取出的次序不对",
             "0 to 7 were put, schedtick counts from 1, and they come out in another order"});
    must(ring_length(w.p) == 0,
         {"队列取空了，队头和队尾却不相等", "all have been taken, and yet head and tail differ"});
  }
}

TEST_CASE("an empty queue stays as it is") {
  for (const std::uint32_t tick : {0u, 1u}) {
    workbench w;
    goroutines gs(1);
    w.p->schedtick = tick;
    must(get(w.p).g == nullptr, {"队列是空的，你的 runqget 却返回了一个 G",
                                 "the queue is empty, and your runqget returns a G"});
    must(ring_length(w.p) == 0 && rt::runqempty(w.p),
         {"从空队列里取过之后，队列看上去不空了：队尾要放回原处",
          "after a get from an empty queue it no longer looks empty: the tail must be put "
          "back"});
    put(w.p, gs[0]);
    must(get(w.p).g == gs[0],
         {"空过之后放进一个 G，取不回来", "one G put after it was empty does not come back"});
  }
}

TEST_CASE("runnext comes first and inherits the time slice") {
  workbench w;
  goroutines gs(2);
  w.p->schedtick = 1;
  put(w.p, gs[0]);
  put(w.p, gs[1], true);
  const rt::next_g first = get(w.p);
  must(first.g == gs[1] && first.inheritTime,
       {"runnext 里有住户，先取的该是它，inheritTime 是真",
        "a G lives in runnext: that one first, with inheritTime true"});
  const rt::next_g second = get(w.p);
  must(second.g == gs[0] && !second.inheritTime,
       {"接着该取环里的，inheritTime 是假", "then the one in the ring, with inheritTime false"});
}

TEST_CASE("a thief takes one and it is the oldest") {
  workbench w;
  goroutines gs(6);
  fill(w.other, gs, 5);
  put(w.other, gs[5], true);
  const G* g = steal(w.p, w.other, true);
  must(g != nullptr,
       {"别人的环里有 5 个，什么也没有偷到", "the victim's ring holds 5, and nothing was stolen"});
  must(ring_length(w.other) == 4 && ring_length(w.p) == 0,
       {"只许偷一个：主人取最新的时候不用 CAS，偷得多就会偷到他正在取的",
        "a thief may take just one: the owner takes the newest without a CAS, and a longer "
        "reach would meet it there"});
  must(gs.index(g) == 0, words{"该偷最老的 0 号，偷到的是 ",
                               "the oldest should be stolen, number 0; it was number "} +
                             gs.index(g));
  for (int i = 1; i < 5; ++i) steal(w.p, w.other, false);
  must(steal(w.p, w.other, false) == nullptr, {"stealRunNextG 是假，runnext 却被偷走了",
                                               "stealRunNextG is false, and runnext was stolen"});
  must(steal(w.p, w.other, true) == gs[5],
       {"环是空的，stealRunNextG 是真，该偷到 runnext 里的 G",
        "the ring is empty and stealRunNextG true, so the G in runnext should be stolen"});
}

TEST_CASE("it goes together with overflow and the global queue") {
  workbench w;
  goroutines gs(ring + 1);
  start_at(w.p, index_starts[1]);
  fill(w.p, gs, ring + 1);
  w.p->schedtick = 1;
  must(get(w.p).g == gs[ring - 1],
       {"溢出之后，环里最新的该是溢出之前的最后一个",
        "after an overflow the newest in the ring should be the last one before it"});
  w.p->schedtick = rt::fair_tick;
  must(get(w.p).g == gs[half], {"溢出之后，环里最老的该是没有搬走的第一个",
                                "after an overflow the oldest in the ring should be the first that "
                                "stayed"});
}

}  // namespace
}  // namespace newproc::exercise
