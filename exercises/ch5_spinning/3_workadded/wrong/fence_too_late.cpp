// zh: 屏障立在两次读之间：读 npidle 时，G 也许还没有写出去。
// en: The fence stands between the two loads: the G may not be out yet when npidle is read.
// earns: lost wake-up
#include "ch1_entry/entry.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"

namespace newproc::rt {

void workadded(P*) {
  if (sched.npidle.load(order::relaxed) == 0) return;
  os::fence(order::seq_cst);
  if (sched.nmspinning.load(order::relaxed) != 0) return;
  systemstack([] { wakep(); });
}

}  // namespace newproc::rt
