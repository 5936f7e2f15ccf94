// zh: 没有屏障。他写下的 G 可以晚于他读到的计数：他看见还有人在自旋，那人却已看过空的队列，睡下了。
// en: No fence. The G that it stored may come after the count that it read: it sees a spinner who has
//     looked into the empty queue already and gone to sleep.
// earns: lost wake-up
#include "ch1_entry/entry.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"

namespace newproc::rt {

void workadded(P*) {
  if (sched.npidle.load(order::relaxed) == 0) return;
  if (sched.nmspinning.load(order::relaxed) != 0) return;
  systemstack([] { wakep(); });
}

}  // namespace newproc::rt
