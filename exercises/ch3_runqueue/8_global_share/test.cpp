// zh: 一份是多少，取的是谁，账记对了没有。
// en: How much a share is, who is taken, and whether the accounts are right.
#include "../workbench.hpp"

namespace newproc::exercise {
namespace {

struct row {
  int size, procs, max, share;
};

/// zh: 在 @p procs 个 P、@p size 个 G 的时候取一次。 en: Takes once, with so many Ps and Gs.
void one_share(const row& r, std::uint32_t start) {
  workbench w;
  sched.gomaxprocs = r.procs;
  goroutines gs(static_cast<std::size_t>(r.size));
  start_at(w.p, start);
  for (std::size_t i = 0; i < gs.size(); ++i) put_global(gs[i]);
  const words here = words{"全局队列里有 ", "the global queue holds "} + r.size;
  const G* g = get_global(w.p, r.max);
  must(g != nullptr, here + words{" 个，你的 globrunqget 什么也没有返回",
                                  ", and your globrunqget returns nothing"});
  const int got = 1 + static_cast<int>(ring_length(w.p));
  must(got == r.share, here + words{" 个；", "; with "} + r.procs +
                           words{" 个 P，max 是 ", " Ps and max "} + r.max +
                           words{"，一份该是 ", " a share should be "} + r.share +
                           words{"，你取了 ", ", and you took "} + got);
  must(gs.index(g) == 0, {"最先来的该最先走：返回的不是队头",
                          "first come, first go: what you return is not the head"});
  must_be(drain(w.p, gs), counting(1, r.share - 1),
          {"p 的环里该是接着的几个，依次", "p's ring should hold the ones that follow, in order"});
  const int left = rt::globrunqsize();
  must(left == r.size - r.share,
       words{"取走之后，sched.runqsize 该是 ", "afterwards sched.runqsize should be "} +
           (r.size - r.share) + words{"，却是 ", " and is "} + left);
  must_be(drain_global(gs), counting(r.share, r.size - r.share),
          {"留在全局队列里的不对", "what stays in the global queue is not right"});
}

TEST_CASE("a share per head and at most half a ring") {
  constexpr row table[] = {
      {1, 1, 0, 1},     {1, 8, 0, 1},      {3, 4, 0, 1},        {10, 4, 0, 3},    {10, 2, 0, 6},
      {8, 8, 0, 2},     {10, 1, 0, 10},    {10, 1, 1, 1},       {10, 1, 4, 4},    {10, 4, 4, 3},
      {127, 1, 0, 127}, {128, 1, 0, 128},  {129, 1, 0, 128},    {252, 2, 0, 127}, {254, 2, 0, 128},
      {256, 2, 0, 128}, {1000, 1, 0, 128}, {1000, 1, 500, 128},
  };
  for (const std::uint32_t start : index_starts)
    for (const row& r : table) one_share(r, start);
}

TEST_CASE("there is nothing in an empty global queue") {
  workbench w;
  must(get_global(w.p, 0) == nullptr && ring_length(w.p) == 0,
       {"全局队列是空的，你的 globrunqget 却返回了一个 G",
        "the global queue is empty, and your globrunqget returns a G"});
}

TEST_CASE("when one is taken the ring keeps what it had") {
  workbench w;
  goroutines gs(3);
  put(w.p, gs[0]);
  put_global(gs[1]);
  put_global(gs[2]);
  must(get_global(w.p, 1) == gs[1],
       {"max 是 1，该返回全局队列的队头", "max is 1: the global queue's head should be returned"});
  must_be(drain(w.p, gs), {0},
          {"max 是 1，只取一个：p 的环该同原来一样",
           "max is 1 and just one is taken: p's ring should be as it was"});
}

}  // namespace
}  // namespace newproc::exercise
