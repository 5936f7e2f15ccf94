// zh: 交活一方的屏障；自旋怎样开始，怎样结束。账本身在 model/spinners.hpp。
//
// zh: 文档写的条件是 nmspinning > 1（勘误 B.37），那是 Go 自己注释里的笔误；代码里是“至少一个”。
//
// en: The submitter's barrier; how spinning begins and ends. The account itself is in
//     model/spinners.hpp.
//
// en: The document has the condition as nmspinning > 1 (erratum B.37), a slip in Go's own comment;
//     in the code it is "at least one".
#include "ch5_spinning/spinning.hpp"
#include "ch1_entry/entry.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/inside.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

// [workadded]
void workadded(P*) {
  if (sched.one_p) return;  // zh: 唯一的 P 在我们手里 en: the only P is in our hands
  // zh: 两道屏障之一：G 进了队列，才看计数。放到环尾的发布只是 release 写，x86 也会把它推迟到下面的读
  //     之后。进 runnext 的是一次 seq_cst 交换，x86 上它就是屏障，C++ 和 ARM 不保证。
  // en: One of the two barriers: the G is queued before the counts are read. At the ring's tail it
  //     is published by a release store; even x86 may delay it past the loads below. Into runnext
  //     it goes by a seq_cst exchange: a barrier on x86, but not by C++'s rules, nor on ARM.
  // zh: 与 retire 的屏障配对，也与 handoffp 的。 en: Pairs with the fence in retire, and that in handoffp.
  os::fence(order::seq_cst);
  if (sched.npidle.load(order::relaxed) == 0) return;
  if (sched.nmspinning.load(order::relaxed) != 0) return;
  systemstack([] { wakep(); });
}
// [workadded]

// [resetspinning]
void becomeSpinning(M* m) {
  m->spinning = true;
  sched.nmspinning.begin();
  sched.needspinning.store(0, order::relaxed);
}

void resetspinning() {
  M* m = getg()->m;
  THROW_UNLESS(m->spinning, "resetspinning: not a spinning m");
  m->spinning = false;
  sched.nmspinning.end();
  wakep();
}
// [resetspinning]

}  // namespace newproc::rt
