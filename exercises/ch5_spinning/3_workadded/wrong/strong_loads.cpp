// zh: 把两次读写成 seq_cst，不立屏障：先前那次写只是 release，仍可以落到它们后面。
// en: Makes the two loads seq_cst instead of raising a fence: the store before them is a release and
//     may still fall behind them.
// earns: lost wake-up
#include "ch1_entry/entry.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"

namespace newproc::rt {

void workadded(P*) {
  if (sched.npidle.load(order::seq_cst) == 0) return;
  if (sched.nmspinning.load(order::seq_cst) != 0) return;
  systemstack([] { wakep(); });
}

}  // namespace newproc::rt
