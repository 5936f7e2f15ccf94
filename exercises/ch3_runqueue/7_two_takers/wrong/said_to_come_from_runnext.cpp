// zh: 先记下 runnext 有人，抢输了却忘了改：从环里取到的，也说成是 runnext 里的，白白继承了时间片。
// en: Notes that a G lives in runnext, and forgets to take that back when the race is lost: what
//     comes from the ring is said to come from runnext, and inherits a time slice that is not its
//     due.
// earns: taken from the ring, and inheritTime is true
#include "given.hpp"

namespace newproc::rt {

next_g runqget(P* p) {
  G* next = p->runnext.load(order::relaxed);
  const bool inherits = next != nullptr;
  if (inherits && p->runnext.compare_exchange_strong(next, nullptr, order::acq_rel, order::relaxed))
    return {next, true};
  return {ring_get(p), inherits};
}

}  // namespace newproc::rt
