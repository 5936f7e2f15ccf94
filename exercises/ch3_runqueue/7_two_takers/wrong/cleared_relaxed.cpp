// zh: 换是换对了，却用 relaxed：看见 runnext 空了的人，不一定看得见先前挤进环里的 G，于是以为队列是空的。
// en: The swap is right, but relaxed: an M that sees runnext cleared need not see the G that was
//     moved to the ring before, and believes that the queue is empty.
// earns: it sees runnext cleared, and not that G1 was moved to the ring before
#include "given.hpp"

namespace newproc::rt {

next_g runqget(P* p) {
  G* next = p->runnext.load(order::relaxed);
  if (next != nullptr &&
      p->runnext.compare_exchange_strong(next, nullptr, order::relaxed, order::relaxed))
    return {next, true};
  return {ring_get(p), false};
}

}  // namespace newproc::rt
