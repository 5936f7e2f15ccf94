// zh: 习题 3.10：新的先跑。 en: Exercise 3.10: the newest first.
#include "ch3_runqueue/inside.hpp"
#include "given.hpp"

namespace newproc::rt {

next_g runqget([[maybe_unused]] P* p) {
  // TODO zh: 先 runnext；然后是最新的一个，每到 fair_tick 的倍数则是最老的一个。
  //      en: runnext first; then the newest one, or at each multiple of fair_tick the oldest.
  return {};
}

std::uint32_t runqgrab([[maybe_unused]] P* victim, [[maybe_unused]] P* p,
                       [[maybe_unused]] bool stealRunNextG) {
  // TODO zh: 偷最老的一个，写进 p 队尾的那一格。
  //      en: Steal the oldest one, into the slot at p's tail.
  return 0;
}

}  // namespace newproc::rt
