// zh: 本章 test.cpp 的台子：两个 P，我们站在 g0 上，握着第一个；第二个 P 和一个睡着的 M 等着被叫醒。
//     那个 M 没有线程，所以“叫醒”了谁、给了他什么，都看得见，而且每次都一样。
// en: The stage of this chapter's test.cpp: two Ps; we stand on g0 and hold the first; the second P
//     and a sleeping M wait to be woken. That M has no thread, so who is woken, and with what, can
//     be seen, and is the same every time.
#pragma once

#include <memory>

#include "ch1_entry/entry.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "ch4_machine/inside.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"
#include "exercise.hpp"

namespace newproc::exercise {

class workbench {
 public:
  explicit workbench(int procs = 2) {
    rt::schedreset();
    rt::sched.gomaxprocs = procs;
    rt::sched.allp = std::make_unique<rt::P[]>(static_cast<std::size_t>(procs));
    for (int i = 0; i < procs; ++i) p(i)->id = i;
    rt::sched.stealOrder.reset(static_cast<std::uint32_t>(procs));
    {
      const rt::sched_lock_guard hold(rt::sched.lock);
      // zh: 好像有许多 M，checkdead 不必担心。 en: As if there were many Ms: nothing for checkdead.
      rt::sched.mnext = 100;
    }
    rt::enter_thread(me());
    rt::acquirep(p(0));
  }
  ~workbench() { rt::leave_thread(); }
  workbench(const workbench&) = delete;
  workbench& operator=(const workbench&) = delete;

  static rt::M* me() { return &rt::sched.m0; }
  static rt::P* p(int i) { return &rt::sched.allp[static_cast<std::size_t>(i)]; }

  /// zh: 第二个 P 闲着，一个 M 睡着。 en: The second P is idle and an M is asleep.
  void somebody_sleeps() {
    const rt::sched_lock_guard hold(rt::sched.lock);
    rt::pidleput(p(1));
    rt::mput(&sleeper);
  }
  /// zh: 那个 M 被叫醒去自旋了吗？ en: Was that M woken to spin?
  [[nodiscard]] bool woken() const {
    return static_cast<rt::P*>(sleeper.nextp) == p(1) && static_cast<bool>(sleeper.spinning);
  }
  static int spinning() { return rt::sched.nmspinning.load(); }

  /// zh: @p i 号 P 的队列里多一个 G。 en: One more G on the queue of P number @p i.
  void queue(int i, bool next = false) {
    p(i)->owner.held();
    rt::runqput(p(i), &g, next);
  }

  rt::M sleeper;
  rt::G g;
};

}  // namespace newproc::exercise
