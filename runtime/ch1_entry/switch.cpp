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
//     the one that left. That last thing (publishing it, releasing a lock) must wait until its
//     place is saved, and in that moment it is gone itself. So it is written into a departure and
//     the one that lands does it. The departure lies on the leaver's stack; the lander copies it
//     first, for once published, that stack may be running on another thread.
//
// en: Designs not taken: ucontext (a system call per switch for the signal mask, dozens of times
//     the price); boost::context::fiber (a one-shot handle to be moved around at each switch);
//     assembly of our own (hardly faster, and every CPU wants its own).
#include "ch1_entry/entry.hpp"

#include "ch2_goroutine/goroutine.hpp"
#include "fatal.hpp"

namespace newproc::rt {
namespace {

struct departure {
  G* from;
  void (*fn)(G*);       // mcall
  void (*call)(void*);  // systemstack
  void* arg;
};

// [landing]
// zh: 落地：存好离开者的现场，做它的最后一件事。返回要立刻恢复的 G：systemstack 的调用者，或者没
//     有。
// en: Landing: save the leaver's place and do its last thing. Returns whom to resume at once:
//     systemstack's caller, or nobody.
G* land(G* here, platform::arrival a) {
  const departure d = *static_cast<departure*>(a.data);
  d.from->sched.sp = a.fctx;
  platform::landed(here->identity, d.from->identity);
  if (d.call != nullptr) {
    d.call(d.arg);
    return d.from;
  }
  if (d.fn != nullptr) d.fn(d.from);
  return nullptr;
}

// zh: 离开 from，去 to。C++ 的异常现场属于线程，得随 G 走：G 可能停在 catch 里，在别的线程上继续。
// en: Leave `from` for `to`. C++'s exception state belongs to the thread and must go with the G: it
//     may stop inside a catch block and go on on another thread.
platform::arrival leave(departure& d, G* to, bool for_good = false) {
  G* from = d.from;
  M* m = to->m;  // zh: from 也许已经和 M 分手 en: `from` may have parted from its M
  from->sched.exceptions = *m->exceptions;
  *m->exceptions = to->sched.exceptions;
  os::set_thread_word(to);
  return platform::jump(to->sched.sp, &d, from->identity, to->identity, for_good);
}
// [landing]

// [goexit]
// zh: 每个 G 栈底的那一帧。Go 伪造一个“goexit 调用了 fn”的返回地址；
//     Boost 从这个函数开始，而它真的去调用 fn。回溯到这里为止，fn 返回也就回到这里，同 Go。
// en: The bottom frame of every G. Go forges a return address as if goexit had called fn; Boost
//     starts this function, and it really calls fn. Tracebacks end here and fn returns to here, as
//     in Go.
void goexit_frame(platform::arrival a) {
  G* g = getg();
  land(g, a);
  try {
    g->startfn->call(g->sched.ctxt);
  } catch (const goexit_signal& s) {
    s.delivered();
  } catch (...) {
    fatal_uncaught();
  }
  goexit1();
}
// [goexit]

}  // namespace

void gostartcallfn(G* g) {
  std::byte* top = g->stktopsp;
  INVARIANT(g->startfn != nullptr, "gostartcallfn: no function");
  g->sched.sp =
      platform::make_stack(top, static_cast<std::size_t>(top - g->stack_lo), goexit_frame);
  g->sched.exceptions = {};
}

void gogo(G* g) {
  G* g0 = getg();
  INVARIANT(g0 == &g0->m->g0, "gogo: not on g0");
  while (g != nullptr) {
    departure d{g0, nullptr, nullptr, nullptr};
    g = land(g0, leave(d, g));
  }
}

void mcall(void (*fn)(G*)) {
  G* g = getg();
  THROW_UNLESS(g != &g->m->g0, "mcall called on g0 stack");
  departure d{g, fn, nullptr, nullptr};
  land(g, leave(d, &g->m->g0));
}

void mcall_for_good(void (*fn)(G*)) {
  G* g = getg();
  THROW_UNLESS(g != &g->m->g0, "mcall called on g0 stack");
  departure d{g, fn, nullptr, nullptr};
  leave(d, &g->m->g0, true);
  fatal("mcall_for_good: a dead goroutine was resumed");
}

void gogo_direct(G* from, G* to, void (*after)(G*)) {
  departure d{from, after, nullptr, nullptr};
  land(from, leave(d, to));
}

void systemstack(void (*fn)(void*), void* arg) {
  G* g = getg();
  if (g == nullptr || g == &g->m->g0) return fn(arg);
  departure d{g, nullptr, fn, arg};
  land(g, leave(d, &g->m->g0));
}

void linkg(M* m, G* g) {
  casgstatus(g, Grunnable, Grunning);
  m->curg = g;
  g->m = m;
  m->runs.add();
}

void dropg() {
  M* m = getg()->m;
  G* g = m->curg;
  g->m = nullptr;
  m->curg = nullptr;
}

void enter_thread(M* m) {
  m->g0.m = m;
  m->g0.identity.adopt_thread();
  m->exceptions = os::thread_exceptions();
  os::set_thread_word(&m->g0);
}

void leave_thread() { os::set_thread_word(nullptr); }

}  // namespace newproc::rt
