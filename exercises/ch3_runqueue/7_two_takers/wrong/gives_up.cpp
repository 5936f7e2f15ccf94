// zh: 换不成就当作队列空了：环里也许还有别的 G。
// en: Takes a failed swap for an empty queue: there may be other Gs in the ring.
// earns: runqget says empty while the ring holds a G that nobody has taken
#include "given.hpp"

namespace newproc::rt {

next_g runqget(P* p) {
  G* next = p->runnext.load(order::relaxed);
  if (next != nullptr) {
    if (p->runnext.compare_exchange_strong(next, nullptr, order::acq_rel, order::relaxed))
      return {next, true};
    return {};
  }
  return {ring_get(p), false};
}

}  // namespace newproc::rt
