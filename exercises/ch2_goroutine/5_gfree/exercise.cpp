// zh: 习题 2.5：死者的仓库。 en: Exercise 2.5: the store of the dead.
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"

namespace newproc::rt {

G* gfget([[maybe_unused]] P* p) {
  // TODO zh: 先从 P 的表里取；空了，从全局表补到 32 个。
  //      en: From the P's list first; when that is empty, refill it to 32 from the global one.
  return nullptr;
}

void gfput([[maybe_unused]] P* p, [[maybe_unused]] G* g) {
  // TODO zh: 放进 P 的表；到了 64 个，挪走一些，留下 31 个。
  //      en: Onto the P's list; when there are 64, move some away until 31 are left.
}

}  // namespace newproc::rt
