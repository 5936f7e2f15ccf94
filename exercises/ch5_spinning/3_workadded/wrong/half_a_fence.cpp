// zh: acq_rel 的屏障不够：它不拦“先写后读”，写可以被推迟到后面的读之后。
// en: An acq_rel fence is not enough: it does not stop a store from slipping behind a later load.
// earns: lost wake-up
#include "ch1_entry/entry.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"

namespace newproc::rt {

void workadded(P*) {
  os::fence(order::acq_rel);
  if (sched.npidle.load(order::relaxed) == 0) return;
  if (sched.nmspinning.load(order::relaxed) != 0) return;
  systemstack([] { wakep(); });
}

}  // namespace newproc::rt
