// zh: 习题 3.5：队列空吗？ en: Exercise 3.5: is it empty?
#include "ch3_runqueue/runqueue.hpp"

namespace newproc::rt {

bool runqempty([[maybe_unused]] const P* p) {
  // TODO zh: 环和 runnext 都空才是空，而主人不会停下来等你看完。
  //      en: Empty is an empty ring and an empty runnext; and the owner does not stop while you look.
  return true;
}

}  // namespace newproc::rt
