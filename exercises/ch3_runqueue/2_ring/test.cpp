// zh: 没有窃取者的时候：次序、runnext、装满、回绕。
// en: Without thieves: order, runnext, a full ring, wrap-around.
#include "../workbench.hpp"
#include "death.hpp"

namespace newproc::exercise {
namespace {

TEST_CASE("what is put is got, and then the queue is empty") {
  workbench w;
  goroutines gs(1);
  put(w.p, gs[0]);
  must(get(w.p).g == gs[0], {"放了一个 G，你的 runqget 没有把它取回来",
                             "one G was put, and your runqget does not return it"});
  must(get(w.p).g == nullptr, {"队列已经空了，你的 runqget 还返回一个 G",
                               "the queue is empty, and your runqget returns a G all the same"});
}

TEST_CASE("the ring is first in first out") {
  workbench w;
  goroutines gs(5);
  fill(w.p, gs, 5);
  must_be(
      drain(w.p, gs), counting(0, 5),
      {"依次放进 0 1 2 3 4，取出的次序不对", "0 1 2 3 4 were put, and come out in another order"});
}

TEST_CASE("the newcomer gets runnext and the old occupant goes to the tail") {
  workbench w;
  goroutines gs(4);
  put(w.p, gs[0]);
  put(w.p, gs[1], true);
  put(w.p, gs[2], true);
  must(w.p->runnext.load() == gs[2],
       {"带 next 放进来的，runnext 必须归它；你把它放到别处了",
        "one that is put with next must get runnext, and you put it elsewhere"});
  put(w.p, gs[3], true);
  must_be(drain(w.p, gs), {3, 0, 1, 2},
          {"0 进环，1、2、3 依次带 next，取出的次序不对",
           "0 goes to the ring, then 1, 2, 3 with next, and they come out in another order"});
}

TEST_CASE("only runnext inherits the time slice") {
  workbench w;
  goroutines gs(2);
  put(w.p, gs[0]);
  put(w.p, gs[1], true);
  must(get(w.p).inheritTime,
       {"从 runnext 来的，inheritTime 该是真", "from runnext, inheritTime should be true"});
  must(!get(w.p).inheritTime,
       {"从环里来的，inheritTime 该是假", "from the ring, inheritTime should be false"});
}

TEST_CASE("the indices may wrap around anywhere") {
  const test::ending e = test::in_child([] {
    for (std::uint32_t short_of = 0; short_of < 6; ++short_of) {
      workbench w;
      goroutines gs(5);
      start_at(w.p, 0xffffffffu - short_of);
      fill(w.p, gs, 5);
    }
  });
  must(e.error.find("runqputslow") == std::string::npos,
       {"下标快要绕回 0 时，环几乎是空的，你却当它满了，叫了 runqputslow：比较 tail - "
        "head，不要比较 tail "
        "与 head + ring_size",
        "the indices are about to wrap around to 0 and the ring is nearly empty, but you take it "
        "for "
        "full and call runqputslow: compare tail - head, and not tail with head + ring_size"});
  must(e.exit_code == 0,
       {"下标绕回 0 时，你的 runqput 没有跑完",
        "when the indices wrap around to 0 your runqput does not come to its end"});
  for (std::uint32_t short_of = 0; short_of < 6; ++short_of) {
    workbench w;
    goroutines gs(5);
    start_at(w.p, 0xffffffffu - short_of);
    fill(w.p, gs, 5);
    must_be(drain(w.p, gs), counting(0, 5),
            {"下标绕回了 0，取出的不对",
             "the indices have wrapped around to 0, and what comes out is not right"});
  }
}

TEST_CASE("the ring holds 256") {
  workbench w;
  goroutines gs(ring);
  const test::ending e = test::in_child([&] { fill(w.p, gs, ring); });
  must(e.exit_code == 0, {"256 个都放得下，你却早早地叫了 runqputslow",
                          "256 fit into the ring, and you call runqputslow too early"});
  fill(w.p, gs, ring);
  must_be(drain(w.p, gs), counting(0, ring),
          {"放满 256 个，取出的不对", "256 were put, and what comes out is not right"});
}

TEST_CASE("the 257th goes to the global queue with the oldest half") {
  for (const bool by_way_of_runnext : {false, true}) {
    workbench w;
    goroutines gs(ring + 2);
    start_at(w.p, index_starts[1]);
    fill(w.p, gs, ring);
    put(w.p, gs[ring], by_way_of_runnext);
    if (by_way_of_runnext) put(w.p, gs[ring + 1], true);
    std::vector<int> overflow = counting(0, half);
    overflow.push_back(ring);
    must_be(drain_global(gs), overflow,
            {"环满了再放一个，就该经 runqputslow 溢出；全局队列里的不对",
             "one more for a full ring must overflow through runqputslow; what the global queue "
             "holds is not right"});
  }
}

}  // namespace
}  // namespace newproc::exercise
