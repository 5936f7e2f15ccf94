// zh: 先看一眼那个 G 还在不在，再写：看与写之间，窃取者还是来得及。
// en: Looks whether that G is still there, then writes: in between a thief still has the time.
// earns: G run twice
#include "given.hpp"

namespace newproc::rt {

next_g runqget(P* p) {
  G* next = p->runnext.load(order::acquire);
  if (next != nullptr && p->runnext.load(order::acquire) == next) {
    p->runnext.store(nullptr, order::release);
    return {next, true};
  }
  return {ring_get(p), false};
}

}  // namespace newproc::rt
