// zh: 习题 1.3：一去不回。 en: Exercise 1.3: to go and not come back.
#include "ch1_entry/entry.hpp"
#include "ch1_entry/switch.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

void mcall([[maybe_unused]] void (*fn)(G*)) {
  // TODO zh: 留一张条子，去 g0。有人回到这里时，他也许也留了一张。
  //      en: Leave a note and go to g0. The one that comes back here may have left one too.
}

void gogo([[maybe_unused]] G* g) {
  // TODO zh: 去 g，等一个人回来，读他的条子，做条子上的事。
  //      en: Go to g, wait until a goroutine comes back, read its note, do what it says.
}

}  // namespace newproc::rt
