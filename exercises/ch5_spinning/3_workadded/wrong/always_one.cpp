// zh: 不看有没有人在找，每件活都叫醒一个 M。这是 Go 否决的第三种设计。
// en: Does not look whether an M searches and wakes an M for each job: the third design that Go
//     rejected.
// earns: an M searches already, and you have woken one more
#include "ch1_entry/entry.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"

namespace newproc::rt {

void workadded(P*) {
  os::fence(order::seq_cst);
  if (sched.npidle.load(order::relaxed) == 0) return;
  sched.nmspinning.fetch_add(1, order::seq_cst);
  systemstack([] { startm(nullptr, true); });
}

}  // namespace newproc::rt
