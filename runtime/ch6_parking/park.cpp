// zh: 停下与放行。人人都经过这两个函数：通道、select、锁、睡眠，以后还有网络。
//
// zh: 停下的难处在一个次序里。要停下的 G 还站在自己的栈上，就得先挂到队里去，别人才找得到它；可是别人一找到就
//     会放行它，那时它若还没有离开，两个线程就站在同一个栈上。所以它挂上去、离开，都握着队的锁；锁由落地的一方
//     来放，那时它的现场已经存好。放锁之前，它是 Gwaiting，也与 M 分了手：放行的人看到的是一个完整的、没有人碰
//     的 G。
//
// zh: Go 总是先到 g0，在那里放锁，再由 schedule 选下一个：两次换栈。可是下一个常常就在手边，在 runnext 里：放行我
//     们等的那个人之前，我们刚放行了他。那就直接换过去，一次换栈，由他那一边放锁。手边没有才去 g0。
//
// zh: 没有采用的设计：放锁的函数返回假就不停了（Go 的 unlockf）。那时我们已经在别人的栈上；让它自己 goready 就
//     是。先放锁再停，醒来的人等它停好（要么自旋，要么状态多一种）。
//
// en: Parking and letting go on. All pass through these two functions: channels, select, locks, sleeping,
//     later the network.
//
// en: The difficulty of parking lies in an order. A G that is to park still stands on its stack when it must
//     be put into the queue, or it is never found; but whoever finds it lets it go on, and had it not left by
//     then, two threads would stand on one stack. So it queues and leaves with the queue's lock held, and the
//     side that lands releases the lock, when the G's place is saved. Before that the G is Gwaiting and has
//     parted from its M: who lets it go on finds it complete, and untouched by others.
//
// en: Go always goes to g0, releases the lock there, and schedule chooses the next: two switches of stacks.
//     But the next is often at hand, in runnext: before we wait for a goroutine we have mostly let it go on.
//     Then we change straight to it, one switch, and it releases the lock. Only with none at hand do we go to
//     g0.
//
// en: Designs not taken: that the function which releases the lock may say no, and the G does not park (Go's
//     unlockf): by then we are on another's stack, and it can simply goready the G. To release the lock first,
//     and make the waker wait until the G has parked (it must spin, or there is one status more).
#include "ch1_entry/switch.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "ch5_spinning/spinning.hpp"
#include "ch6_parking/inside.hpp"
#include "ch6_parking/parking.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

// [gopark]
namespace {

/// zh: 当前的 G @p g 成为 @p status，与 M 分手，还站在自己的栈上。返回接着去哪个栈。
/// en: The current G @p g becomes @p status and parts from its M, and still stands on its stack. Returns which
///     stack to go to.
G* part(G* g, gstatus status) {
  M* m = g->m;
  THROW_UNLESS(m->locks == 0, "gopark: the goroutine holds a lock of the runtime");
  G* next = successor(g);
  if (next == nullptr)
    m->curg = nullptr;
  else if (next->sched.sp == nullptr)
    firststack(m->p, next);
  casgstatus(g, Grunning, status);
  g->m = nullptr;
  return next != nullptr ? next : &m->g0;
}

}  // namespace

G* gopark(G* g, const char* reason) {
  g->waitreason = reason;
  return part(g, Gwaiting);
}
// [gopark]

// [goready]
void goready(G* g) {
  casgstatus(g, Gwaiting, Grunnable);
  P* p = getg()->m->p;
  p->owner.held();
  runqput(p, g, true);
  workadded(p);
}
// [goready]

// [goyield]
// zh: 落地之后才进队列：在那之前，偷走它的人会站到我们还站着的栈上。
// en: It is queued after landing, not before: a thief would stand on the stack that we still stand on.
void goyield() {
  G* g = getg();
  gogo_direct(g, part(g, Grunnable), [](G* left) {
    P* p = getg()->m->p;
    p->owner.held();
    runqput(p, left, false);
    workadded(p);
  });
}
// [goyield]

void block(G* g, const char* reason) {
  gogo_direct(g, gopark(g, reason), [](G*) {});
  fatal("block: a goroutine that waits for nothing was resumed");
}

}  // namespace newproc::rt
