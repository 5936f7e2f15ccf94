// zh: 换是一步换成的，却不看换出来的是什么：可能是空的，读到的那个已被偷走。
// en: Swaps in one step, but does not look at what came out: that may be null, and what was read before
//     has been stolen.
// earns: G run twice
#include "given.hpp"

namespace newproc::rt {

next_g runqget(P* p) {
  G* next = p->runnext.load(order::acquire);
  if (next != nullptr) {
    p->runnext.exchange(nullptr, order::acq_rel);
    return {next, true};
  }
  return {ring_get(p), false};
}

}  // namespace newproc::rt
