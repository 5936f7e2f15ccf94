// zh: 第 5 章之前的 yield：只有慢路，每次都经过 g0。
// en: yield before chapter 5: the slow path alone, by way of g0 each time.
#include "ch1_entry/entry.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "newproc/go.hpp"

namespace newproc {

void yield() {
  rt::getg_user("yield");
  rt::mcall(rt::gosched_m);
}

}  // namespace newproc
