// zh: goroutine 的结尾：函数返回或 goexit，都走到 goexit1。
//
// zh: Go 总是到 g0 上由 goexit0 收拾，再由 schedule 选下一个：两次换栈，约 10 ns。可是下一个常常是刚造
//     出来、还没有栈的；它要一个空栈，而这里正有一个。所以先问 successor：若下一个还没开始，就让它接
//     过这个栈，一次也不必换；若它停在半路，就直接换过去；问不到才去 g0。
//
// zh: 次序：先选下一个，再把自己变成死的。一放进空闲表，别的 M 就可能取走它重新填写，那时 getg() 不能
//     还是它。
//
// en: A goroutine's end: whether its function returns or goexit unwinds it, both reach goexit1.
//
// en: Go always goes to g0, where goexit0 tidies up and schedule chooses the next: two switches of
//     stacks, about 10 ns. But the next is often one that was just made and has no stack; it wants
//     an empty one, and here is one. So ask successor first: a next one that has not begun takes
//     over this stack, and nothing is switched; to one that stopped midway we switch directly; only
//     without an answer do we go to g0.
//
// en: The order: choose the next first, then become dead. As soon as this G is on the free list
//     another M may take and refill it; getg() must no longer return it by then.
#include "ch1_entry/entry.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

namespace {

/// zh: @p g 死去，进 @p p 的空闲表，从此可能属于别人；它的栈须已不归它。
/// en: @p g dies and goes to @p p's free list, where another M may take it at once; by now its
///     stack must belong to another.
void bury(P* p, G* g) REQUIRES(p->owner) {
  casgstatus(g, Grunning, Gdead);
  g->labels = nullptr;
  if (sched.tracebackancestors != 0) [[unlikely]]
    g->ancestors.reset();
  g->m = nullptr;
  gfput(p, g);
  // zh: 与 gcount 的 acquire 配对：数到它已结束的人，也看得见它生前所做的一切。
  // en: Pairs with the acquire in gcount: where it is counted as ended, all that it did is seen
  //     too.
  add_one(p->goroutinesEnded, order::release);
}

/// zh: 在下一个 G 的栈上：@p from 不再站在自己的栈上了。
/// en: On the next G's stack: @p from no longer stands on its own.
void bury_after_switch(G* from) {
  P* p = getg()->m->p;
  p->owner.held();
  stackfree(p, from);
  bury(p, from);
}

}  // namespace

// [goexit0]
G* goexit1() {
  G* g = getg();
  G* next = successor(g);
  if (next == nullptr) mcall_for_good(goexit0);
  if (next->stack.hi != nullptr) {
    // zh: 它停在半路；或者闭包太大，早已有了栈，还差第一帧。
    // en: It stopped midway; or its closure is large and it has a stack, but no first frame yet.
    if (next->sched.sp == nullptr) firststack(next->m->p, next);
    gogo_for_good(g, next, bury_after_switch);
  }
  takeover(g, next);
  P* p = next->m->p;
  p->owner.held();
  bury(p, g);
  return next;
}

void goexit0(G* g) {
  M* m = getg()->m;
  P* p = m->p;
  p->owner.held();
  INVARIANT(m->locks == 0, "goexit0: the goroutine exits with the M's preemption off");
  dropg();
  const bool locked = g->lockedm != nullptr;
  g->lockedm = nullptr;
  stackfree(p, g);
  bury(p, g);
  // zh: 绑着线程退出：这个线程可能被改得面目全非，不再给别人用。
  // en: It exits bound to its thread: that thread may have been changed beyond recognition and must
  //     not be used for anything else.
  if (locked) [[unlikely]]
    abandon_locked_thread();
}
// [goexit0]

// [gcount]
// zh: 各处的数不是同一时刻读的。先数结束的：acquire 与 bury 的 release 配对，数到了谁的结束，就看得见它的
//     创建，所以不会少数。
// en: The numbers are not read at one moment. The ended come first: the acquire pairs with the
//     release in bury, so if the end of a goroutine is counted its creation is seen, and there are
//     never too few.
int gcount() {
  std::uint64_t n = 0;
  for (const P& p : all_ps()) n -= p.goroutinesEnded.load(order::acquire);
  for (const P& p : all_ps()) n += p.goroutinesCreated.load(order::relaxed);
  return static_cast<int>(n);
}
// [gcount]

}  // namespace newproc::rt
