// zh: 换栈：systemstack、mcall、gogo。文档里的 newproc 一进来就换到系统栈，就是这里的第一个。
//
// zh: 三者其实是一个动作：离开一个栈，落到另一个栈，落地后先替离开的那一方做完最后一件事。
//     “最后一件事”必须等现场存好才能做（公布自己、放锁），而存好的那一刻，自己已经不在那里了。
//     所以它写在 departure 里，由落地的一方来做。departure 躺在离开者的栈上，落地者先抄走再做，
//     因为一旦公布，那个栈就可能已经在别的线程上跑了。
//
// zh: 没有采用的设计：ucontext（每次切换一个系统调用来存信号掩码，贵几十倍）；
//     boost::context::fiber（移动语义的一次性句柄，每次切换都要把句柄交来交去）；
//     手写汇编（快不了多少，而要照顾每一种 CPU）。
//
// en: Changing stacks: systemstack, mcall, gogo. The document's newproc changes to the system stack
//     as its first step: that is the first of these.
//
// en: The three are one move: leave a stack, land on another, and there first do the last thing for
//     the one that left. That last thing (publishing it, releasing a lock) must wait until the
//     leaver's state is saved; but by then the leaver is no longer running. So it is written into a
//     departure, and the side that lands does it. The departure lies on the leaver's stack; the
//     lander copies it first, for once published, that stack may be running on another thread.
//
// en: Designs not taken: ucontext (a system call per switch for the signal mask, dozens of times
//     the price); boost::context::fiber (a one-shot handle to be moved around at each switch);
//     assembly of our own (hardly faster, and every CPU wants its own).
#include "ch1_entry/switch.hpp"

#include "ch1_entry/entry.hpp"
#include "ch1_entry/inside.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "newproc/detail/closure.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {
namespace {

// [goexit]
/// zh: 每个栈底的那一帧。Go 伪造一个“goexit 调用了 fn”的返回地址；Boost 从这个函数开始，而它真的去
///     调用 fn。回溯到这里为止，fn 返回也就回到这里，同 Go。若接下来轮到的 G 还没开始，它就接过这个
///     栈。
/// en: The bottom frame of every stack. Go forges a return address as if goexit had called fn;
///     Boost starts this function, and it really calls fn. Tracebacks end here and fn returns to
///     here, as in Go. If the G whose turn is next has not begun, it takes over this stack.
/// Go: asm_amd64.s, goexit
void goexit_frame(platform::arrival a) {
  G* g = getg();
  land(g, a);
  for (; g != nullptr; g = goexit1()) {
    try {
      g->startfn->call(g->sched.ctxt);
    } catch (const goexit_signal& s) {
      s.delivered();
    } catch (...) {
      fatal_uncaught();
    }
  }
  fatal("goexit_frame: a dead goroutine was resumed");
}
// [goexit]

}  // namespace

// [gostartcallfn]
void gostartcallfn(G* g) {
  std::byte* top = g->stktopsp;
  INVARIANT(g->startfn != nullptr, "gostartcallfn: no function");
  g->sched.sp =
      platform::make_stack(top, static_cast<std::size_t>(top - g->stack.lo), goexit_frame);
  g->sched.exceptions = {};
}
// [gostartcallfn]

// [gogo]
void gogo(G* g) {
  G* g0 = getg();
  INVARIANT(g0 == &g0->m->g0, "gogo: not on g0");
  if (g->sched.sp == nullptr) firststack(g->m->p, g);
  while (g != nullptr) {
    departure d{g0, nullptr, nullptr, nullptr};
    g = land(g0, leave(d, g));
  }
}
// [gogo]

// [mcall]
void mcall(void (*fn)(G*)) {
  G* g = getg();
  THROW_UNLESS(g != &g->m->g0, "mcall called on g0 stack");
  departure d{g, fn, nullptr, nullptr};
  land(g, leave(d, &g->m->g0));
}
// [mcall]

void mcall_for_good(void (*fn)(G*)) {
  G* g = getg();
  THROW_UNLESS(g != &g->m->g0, "mcall called on g0 stack");
  gogo_for_good(g, &g->m->g0, fn);
}

void gogo_for_good(G* from, G* to, void (*after)(G*)) {
  departure d{from, after, nullptr, nullptr};
  leave(d, to, true);
  fatal("gogo_for_good: a dead goroutine was resumed");
}

void takeover(G* from, G* to) {
  to->stack = from->stack;
  to->stktopsp = from->stktopsp;
  from->stack = {};
  from->sched.sp = nullptr;
  os::set_thread_word(to);
}

// [systemstack]
void systemstack(void (*fn)(void*), void* arg) {
  G* g = getg();
  if (g == nullptr || g == &g->m->g0) return fn(arg);
  departure d{g, nullptr, fn, arg};
  land(g, leave(d, &g->m->g0));
}
// [systemstack]

void enter_thread(M* m) {
  m->g0.m = m;
  m->g0.stack.identity.adopt_thread();
  m->exceptions = os::thread_exceptions();
  os::set_thread_word(&m->g0);
}

void leave_thread() {
  getg()->m->g0.stack.identity.release_thread();
  os::set_thread_word(nullptr);
}

}  // namespace newproc::rt
