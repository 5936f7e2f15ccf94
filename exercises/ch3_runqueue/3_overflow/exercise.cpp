// zh: 习题 3.3：溢出。 en: Exercise 3.3: overflow.
#include "ch3_runqueue/inside.hpp"
#include "ch3_runqueue/runqueue.hpp"

namespace newproc::rt {

bool runqputslow([[maybe_unused]] P* p, [[maybe_unused]] G* g, [[maybe_unused]] std::uint32_t head,
                 [[maybe_unused]] std::uint32_t tail) {
  // TODO zh: 最老的一半和 g 一起去全局队列；窃取者抢先了，就什么也不做。
  //      en: The oldest half, and g, go to the global queue; nothing at all if a thief was faster.
  return false;
}

}  // namespace newproc::rt
