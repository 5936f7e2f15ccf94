// zh: 习题 3.4：窃取。 en: Exercise 3.4: stealing.
#include "ch3_runqueue/inside.hpp"
#include "ch3_runqueue/runqueue.hpp"

namespace newproc::rt {

std::uint32_t runqgrab([[maybe_unused]] P* victim, [[maybe_unused]] P* p,
                       [[maybe_unused]] bool stealRunNextG) {
  // TODO zh: 从 victim 抓最老的一半，写进 p 队尾之后的槽，先不公布；返回个数。
  //      en: Grab the oldest half of victim's, into the slots beyond p's tail, not yet published;
  //          return how many.
  return 0;
}

G* runqsteal([[maybe_unused]] P* p, [[maybe_unused]] P* victim,
             [[maybe_unused]] bool stealRunNextG) {
  // TODO zh: 抓一把；最后一个拿去跑，其余的公布在 p 的环里。
  //      en: Grab; the last one is returned to be run, the others are published in p's ring.
  return nullptr;
}

}  // namespace newproc::rt
