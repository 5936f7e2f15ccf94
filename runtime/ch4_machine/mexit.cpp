// zh: M 怎样结束：一个线程自己的结束，和世界的结束。
//
// zh: 线程不能收自己的尸：它的 M 和 C 库留给它的栈，要等它真的结束才能还。所以它把 M 放上 freem 就走，
//     谁下一个建 M、下一个离开，谁就来收前面的。收的人问一声就走，从不等待：那个线程也许正在跑用户的
//     析构函数。若留到世界结束才收，一个不断 lock_os_thread 又退出的程序每次丢下一个 8 MB 的栈，三万次
//     以后就再也造不出线程。
//
// en: How an M ends: one thread's own end, and the end of the world.
//
// en: A thread can't bury itself: its M, and the stack that the C library keeps for it, can be
//     given back only once it has really ended. So it puts its M on freem and goes, and the next
//     that makes an M, or leaves, frees those before it. That one asks and does not wait, for the
//     thread may be running a user's destructors. Were it left to the world's end, a program that
//     keeps locking threads and exiting would leave a stack of 8 MB behind each time, and after
//     thirty thousand there would be no further thread to be had.
#include <memory>
#include <utility>

#include "ch4_machine/inside.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"
#include "ch9_netpoll/netpoll.hpp"
#include "os/futex.hpp"

namespace newproc::rt {

// [mexit]
namespace {

/// zh: @p m 不再是 allm 里的一个，计数归入 retired，等 reapm 来释放：它自己还在这个线程上跑。
/// en: @p m is not one of allm any more, its counts go to retired, and reapm will free it: the
///     thread itself still stands on it.
void retirem(M* m) REQUIRES(sched.lock) {
  M** link = &sched.allm;
  while (*link != m) link = &(*link)->alllink;
  *link = m->alllink;
  sched.retired += statistics_of(*m);
  m->freelink = sched.freem;
  sched.freem = m;
}

}  // namespace

void mexit(M* m) {
  reapm();
  handoffp(releasep());
  {
    const sched_lock_guard hold(sched.lock);
    ++sched.nmfreed;
    checkdead();
    if (m != &sched.m0) return retirem(m);
    if (sched.ending.load(order::relaxed)) return;
    m->lockedidle = true;
  }
  notesleep(m->park);
}

void reapm() {
  M* ended = nullptr;
  {
    const sched_lock_guard hold(sched.lock);
    ended = std::exchange(sched.freem, nullptr);
  }
  while (ended != nullptr) {
    M* m = std::exchange(ended, ended->freelink);
    if (m->thread.try_join()) {
      std::unique_ptr<M>{m}.reset();
      continue;
    }
    const sched_lock_guard hold(sched.lock);
    m->freelink = sched.freem;
    sched.freem = m;
  }
}
// [mexit]

// [worldend]
void worldend() {
  {
    const sched_lock_guard hold(sched.lock);
    // zh: 没有对手：准备睡下的人拿着 sched.lock 看它
    // en: no partner: an M about to sleep looks at it under sched.lock
    sched.ending.store(true, order::seq_cst);
    // zh: 从空闲表上取下的、没人在叫的，归我们叫；别人取下的由别人叫。
    // en: Those that we take off the idle list, or that no other M is waking, are ours to wake;
    //     those that another M took off are up to that one.
    while (M* m = mget()) notewakeup(m->park);
    for (M* m = sched.allm; m != nullptr; m = m->alllink)
      if (m->lockedidle) {
        m->lockedidle = false;
        notewakeup(m->park);
      }
  }
  handoffend();
  netpollBreak();
}
// [worldend]

void machineend() {
  for (;;) {
    // zh: 与 mstart 末尾的减一配对 en: pairs with the decrement at the end of mstart
    const std::uint32_t live = sched.nmlive.load(order::acquire);
    if (live == 0) break;
    os::futex_wait(sched.nmlive, live);
  }
  const sched_lock_guard hold(sched.lock);
  while (M* m = sched.allm) {
    sched.allm = m->alllink;
    sched.retired += statistics_of(*m);
    if (m == &sched.m0) continue;
    if (m->has_thread) m->thread.join();
    std::unique_ptr<M>{m}.reset();
  }
  while (M* m = sched.freem) {
    sched.freem = m->freelink;
    m->thread.join();
    std::unique_ptr<M>{m}.reset();
  }
}

}  // namespace newproc::rt
