// zh: 习题 3.8：按人头分。 en: Exercise 3.8: a share per head.
#include "ch3_runqueue/runqueue.hpp"

namespace newproc::rt {

G* globrunqget([[maybe_unused]] P* p, [[maybe_unused]] std::int32_t max) {
  // TODO zh: 取一份：第一个返回，其余进 p 的环。 en: Take a share: return the first, the others go
  //          into p's ring.
  return nullptr;
}

}  // namespace newproc::rt
