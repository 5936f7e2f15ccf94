// zh: 不看 npidle：没有空闲的 P，也去锁里问一遍。
// en: Does not look at npidle: without an idle P it asks under the lock all the same.
// earns: you took sched.lock
#include "ch1_entry/entry.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"

namespace newproc::rt {

void workadded(P*) {
  os::fence(order::seq_cst);
  if (sched.nmspinning.load(order::relaxed) != 0) return;
  systemstack([] { wakep(); });
}

}  // namespace newproc::rt
