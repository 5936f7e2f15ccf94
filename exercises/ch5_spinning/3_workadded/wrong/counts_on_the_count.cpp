// zh: 用对 nmspinning 的读改写代替屏障：只与也改 nmspinning 的人（正在退休的自旋者）排出先后。没有自旋的
//     人放下 P 时不改它，两边就可以都看见旧的世界。
// en: A read-modify-write of nmspinning instead of the fence: it settles the order with those only who
//     change nmspinning too, spinners that retire. One that did not spin lets go of its P without
//     changing it, and both may see the old world.
// earns: lost wake-up
#include "ch1_entry/entry.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"

namespace newproc::rt {

void workadded(P*) {
  if (sched.nmspinning.fetch_add(0, order::seq_cst) != 0) return;
  if (sched.npidle.load(order::relaxed) == 0) return;
  systemstack([] { wakep(); });
}

}  // namespace newproc::rt
