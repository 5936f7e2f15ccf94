// zh: 环里没取到，就当作是 runnext 的：队列空的时候，也说成继承了时间片。
// en: What did not come from the ring it takes to come from runnext: of an empty queue, too, it says that a
//     time slice is inherited.
// earns: the queue is empty and {} is to be returned
#include "given.hpp"

namespace newproc::rt {

next_g runqget(P* p) {
  G* next = p->runnext.load(order::relaxed);
  if (next != nullptr &&
      p->runnext.compare_exchange_strong(next, nullptr, order::acq_rel, order::relaxed))
    return {next, true};
  G* g = ring_get(p);
  return {g, g == nullptr};
}

}  // namespace newproc::rt
