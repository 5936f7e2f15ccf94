// zh: 让出。慢路是第 3 章的 gosched_m：到全局队列的末尾，由 schedule 选下一个。
//
// zh: 快路：若本地没有活而全局队列有人等着，下一个该谁已经清楚，不必经过 g0：
//     拿着 sched.lock 把自己排到末尾、取下队头，直接换过去，由落地的一方放锁。
//     锁不能早放：放了锁，别的线程就会取到我们，而我们的现场还没存好，两个线程会站在同一个栈上。
//     一次加锁、一次换栈，就是一次让出的全部代价。谁都没有在等，那就连这些也不必。
//
// en: Yielding. The slow path is chapter 3's gosched_m: to the end of the global queue, and
//     schedule chooses the next.
//
// en: The fast path: with no local work and a G waiting on the global queue, it is clear whose turn
//     is next, and g0 is not needed: holding sched.lock, put ourselves last, take the first, and
//     switch straight to it; the side that lands releases the lock. Not earlier: once it is
//     released another thread may take us, and with our place not saved two threads would stand on
//     one stack. One lock and one switch are the whole price of a yield. And if none waits, not
//     even that.
#include "ch1_entry/entry.hpp"
#include "ch1_entry/switch.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "ch7_time/time.hpp"
#include "newproc/go.hpp"

namespace newproc {
namespace rt {
namespace {

// [direct]
/// zh: 在落地的那个栈上：锁是离开者拿的，由我们放。
/// en: On the stack where we land: the leaver took the lock, we release it.
void unlock_after_switch(G*) NO_THREAD_SAFETY_ANALYSIS { sched.lock.unlock(); }

/// zh: 主人自己问：窃取者只会让队列变空，所以不必像 runqempty 那样再三地看。
/// en: Asked by the owner: thieves only make the queue emptier, so one look does, unlike in
///     runqempty.
bool has_local_work(const P* p) {
  return p->runqhead.load(order::relaxed) != p->runqtail.load(order::relaxed) ||
         p->runnext.load(order::relaxed) != nullptr;
}

/// zh: 现在该谁：自己（没有人在等），队头的那个（已是我们的 Grunning，sched.lock 还握着），或者
///     nullptr：走慢路。
/// en: Returns who runs next: g itself if the queue is empty; its head, already Grunning on this M
///     and with sched.lock still held; or nullptr, which means: take the slow path.
///
/// zh: 不许内联：它的返回在换栈之前，猜得中；换栈之后只剩 yield 自己的那一次返回。
/// en: Not inlined: its return comes before the switch and is guessed right; after the switch only
///     yield's own return is left.
[[gnu::noinline]] G* whose_turn(G* g) NO_THREAD_SAFETY_ANALYSIS {
  M* m = g->m;
  P* p = m->p;
  // zh: 不标 [[unlikely]]，GCC 会把快路当成少走的那条，在上面留下几次函数调用
  // en: without the hint GCC takes the fast path for the rare one, and leaves function calls on it
  if (has_local_work(p) || next_timer() != 0 || sched.ending.load(order::relaxed) ||
      m->lockedg != nullptr) [[unlikely]]
    return nullptr;
  if (globrunqsize() == 0) {
    // zh: 多半是在轮询；别把别的核要写的缓存行抢来抢去
    // en: our caller is probably polling; leave alone the cache line that another core has to write
    os::spin_pause();
    return g;
  }
  sched.lock.lock();
  const G* first = sched.runq.front();
  // zh: 绑着线程的，和还没有栈的，走慢路 en: one bound to a thread or without a stack yet goes slowly
  if (first == nullptr || first->lockedm != nullptr || first->sched.sp == nullptr) [[unlikely]] {
    sched.lock.unlock();
    return nullptr;
  }
  casgstatus(g, Grunning, Grunnable);
  g->m = nullptr;
  G* next = sched.runq.rotate(g);
  ++p->schedtick;
  linkg(m, next);
  return next;
}
// [direct]

}  // namespace
}  // namespace rt

void yield() {
  rt::G* g = rt::getg_user("yield");
  rt::G* next = rt::whose_turn(g);
  if (next == nullptr) return rt::mcall(rt::gosched_m);
  if (next != g) rt::gogo_direct(g, next, rt::unlock_after_switch);
}

}  // namespace newproc
