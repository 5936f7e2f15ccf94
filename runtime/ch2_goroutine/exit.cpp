// zh: goroutine 的结尾：函数返回或 goexit，都走到 goexit1；在 g0 上由 goexit0 收拾。
// en: A goroutine's end: whether its function returns or goexit unwinds it, both reach goexit1; on
//     g0 goexit0 tidies up.
#include "ch1_entry/entry.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "ch4_machine/machine.hpp"
#include "fatal.hpp"

namespace newproc::rt {

void goexit1() { mcall_for_good(goexit0); }

// [goexit0]
void goexit0(G* g) {
  M* m = getg()->m;
  P* p = m->p;
  p->owner.held();
  INVARIANT(m->locks == 0, "goexit0: the goroutine exits with the M's preemption off");
  casgstatus(g, Grunning, Gdead);
  g->labels = nullptr;
  if (g->ancestors) [[unlikely]]
    g->ancestors.reset();
  dropg();
  const bool locked = g->lockedm != nullptr;
  g->lockedm = nullptr;
  gfput(p, g);
  // zh: 绑着线程退出：这个线程可能被改得面目全非，不再给别人用。
  // en: It exits bound to its thread: that thread may have been changed beyond recognition, nobody
  //     else shall have it.
  if (locked) [[unlikely]]
    abandon_locked_thread();
}
// [goexit0]

int gcount() {
  std::int64_t n = 0;
  {
    const os::lock_guard hold(sched.allglock);
    n = static_cast<std::int64_t>(sched.allgs.size());
  }
  {
    const os::lock_guard hold(sched.gFree.lock);
    n -= sched.gFree.n.load(order::relaxed);
    for (int i = 0; i < sched.gomaxprocs; ++i)
      n -= sched.allp[static_cast<std::size_t>(i)].gfree_n.load(order::relaxed);
  }
  // zh: 各处的数不是同一时刻读的；但至少有问话的这一个。
  // en: The numbers were not read at one moment; but there is at least the one who asks.
  return n < 1 ? 1 : static_cast<int>(n);
}

}  // namespace newproc::rt
