// zh: 就在 goroutine 的栈上叫人。
// en: Wakes an M right on the goroutine's stack.
// earns: wakep must be called on g0's stack
#include "ch1_entry/entry.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"

namespace newproc::rt {

void workadded(P*) {
  os::fence(order::seq_cst);
  if (sched.npidle.load(order::relaxed) == 0) return;
  if (sched.nmspinning.load(order::relaxed) != 0) return;
  wakep();
}

}  // namespace newproc::rt
