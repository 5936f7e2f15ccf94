// zh: 让 goroutine 停下，再由别人放行：通道以后做的事，这里只留最要紧的两步。
// en: Parks a goroutine, and lets it go on: what channels will do, reduced to its two main steps.
#pragma once

#include "ch1_entry/entry.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "newproc/go.hpp"

namespace newproc::test {

/// zh: 一个 P、两个、比核还多。 en: One P, two, more than there are cores.
inline constexpr int procs_to_try[] = {1, 2, 4};

/// zh: 停下，直到有人放行；若没有人，死锁的报告里写着“chan receive”。
/// en: Parks until another lets us go on. If none does, a report of the deadlock says "chan
///     receive".
inline void park() {
  rt::getg()->waitreason = "chan receive";
  rt::mcall([](rt::G* g) {
    rt::casgstatus(g, rt::Grunning, rt::Gwaiting);
    rt::dropg();
  });
}

/// zh: 放行停着的 g：进全局队列。 en: Lets the parked g go on: puts it on the global queue.
inline void let_go_on(rt::G* g) {
  rt::casgstatus(g, rt::Gwaiting, rt::Grunnable);
  const rt::sched_lock_guard hold(rt::sched.lock);
  rt::globrunqput(g);
}

/// zh: 停着的有几个；它们停下之前所做的，看得见。 en: How many are parked; what they did before that is seen.
inline int parked() {
  const os::lock_guard hold(rt::sched.allglock);
  int n = 0;
  for (const rt::G* g : rt::sched.allgs)
    n += g->atomicstatus.load(rt::order::acquire) == rt::Gwaiting;
  return n;
}

/// zh: 让到停着的有 @p n 个。 en: Yields until @p n are parked.
inline void until_parked(int n) {
  while (parked() < n) yield();
}

/// zh: 让到除自己以外，人人不是停着就是结束了。 en: Yields until all others are parked or have ended.
inline void until_others_park() {
  while (parked() < num_goroutine() - 1) yield();
}

}  // namespace newproc::test
