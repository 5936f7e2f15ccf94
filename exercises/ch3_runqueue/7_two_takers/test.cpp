// zh: 一个线程上的次序。 en: The order, on one thread.
#include "exercise.hpp"

#include "ring.hpp"

namespace newproc::exercise {
namespace {

using rt::G;
using rt::P;

TEST_CASE("runnext first, then the ring in order, then nothing") {
  P p;
  std::array<G, 3> g;
  p.owner.held();
  const rt::next_g none = rt::runqget(&p);
  must(none.g == nullptr,
       {"队列是空的，runqget 却给出了一个 G", "the queue is empty, and runqget returns a G"});
  must(!none.inheritTime, {"队列是空的，该返回 {}，你的 inheritTime 却是真",
                           "the queue is empty and {} is to be returned, and your inheritTime is "
                           "true"});
  rt::runqput(&p, &g[0], false);
  rt::runqput(&p, &g[1], false);
  rt::runqput(&p, &g[2], true);
  const rt::next_g first = rt::runqget(&p);
  must(first.g == &g[2] && first.inheritTime, {"先取的必须是 runnext 里的那个，并且继承时间片",
                                               "runnext comes first, and inherits the time slice"});
  for (G* wanted : {&g[0], &g[1]}) {
    const rt::next_g got = rt::runqget(&p);
    must(got.g == wanted && !got.inheritTime,
         {"环里的 G 没有按先来后到的次序出来", "the ring's Gs do not come out in order"});
  }
  must(rt::runqget(&p).g == nullptr,
       {"都取完了，runqget 还给出了一个 G", "all are taken, and runqget still returns a G"});
}

}  // namespace
}  // namespace newproc::exercise
