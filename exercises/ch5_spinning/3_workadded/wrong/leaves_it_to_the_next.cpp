// zh: 看见 needspinning，就把找活留给下一个放下 P 的人：他也许不来了。
// en: Where needspinning is set, leaves the search to the next one that lets go of its P: none may
//     come.
// earns: because of needspinning you have woken none
#include "ch1_entry/entry.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"

namespace newproc::rt {

void workadded(P*) {
  os::fence(order::seq_cst);
  if (sched.npidle.load(order::relaxed) == 0) return;
  if (sched.nmspinning.load(order::relaxed) != 0) return;
  if (sched.needspinning.load(order::relaxed) != 0) return;
  systemstack([] { wakep(); });
}

}  // namespace newproc::rt
