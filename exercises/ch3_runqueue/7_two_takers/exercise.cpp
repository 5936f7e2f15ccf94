// zh: 习题 3.7：两个人取一个。这里有一处错。
// en: Exercise 3.7: two takers. One thing in here is wrong.
#include "given.hpp"

namespace newproc::rt {

next_g runqget(P* p) {
  G* next = p->runnext.load(order::acquire);
  if (next != nullptr) {
    p->runnext.store(nullptr, order::release);
    return {next, true};
  }
  return {ring_get(p), false};
}

}  // namespace newproc::rt
