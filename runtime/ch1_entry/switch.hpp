// zh: 换栈的两半：离开与落地。写成内联的：换栈之后的返回指令，CPU 猜的是另一个栈的调用者，必错；少一
//     层函数，就少错一次（一次约 6 ns）。
// en: The two halves of a switch: leaving and landing. They are inline: after a switch every return
//     is mispredicted, since the CPU expects the other stack's caller; so each function that is
//     inlined away saves one misprediction (about 6 ns).
#pragma once

#include "model/current.hpp"  // IWYU pragma: export
#include "platform/context.hpp"

namespace newproc::rt {

/// zh: 离开者留给落地者的话：谁走了，替他做哪件最后的事（fn 和 call 至多一个）。躺在离开者的栈上。
/// en: What the leaver leaves to the lander: who has gone, and which last thing to do for him (fn
///     or call, at most one). It lies on the leaver's stack.
struct departure {
  G* from;
  void (*fn)(G*);       // mcall
  void (*call)(void*);  // systemstack
  void* arg;
};

// [landing]
/// zh: 落地：存好离开者的现场，做它的最后一件事。返回要立刻恢复的 G：systemstack 的调用者；没有则
///     nullptr。
/// en: Landing: saves the leaver's place and does its last thing. Returns whom to resume at once:
///     systemstack's caller; nullptr if none.
inline G* land(G* here, platform::arrival a) {
  const departure d = *static_cast<departure*>(a.data);
  d.from->sched.sp = a.fctx;
  platform::landed(here->stack.identity, d.from->stack.identity);
  if (d.call != nullptr) {
    d.call(d.arg);
    return d.from;
  }
  if (d.fn != nullptr) d.fn(d.from);
  return nullptr;
}

/// zh: 离开 d.from，去 @p to；返回之后先 land。C++ 的异常现场属于线程，得随 G 走：G 可能停在 catch
///     里，在别的线程上继续。
/// en: Leaves d.from for @p to; on return, land comes first. C++'s exception state belongs to the
///     thread and must go with the G: it may stop inside a catch block and go on on another thread.
inline platform::arrival leave(departure& d, G* to, bool for_good = false) {
  G* from = d.from;
  M* m = to->m;  // zh: from 也许已经和 M 分手 en: `from` may have parted from its M
  from->sched.exceptions = *m->exceptions;
  *m->exceptions = to->sched.exceptions;
  os::set_thread_word(to);
  return platform::jump(to->sched.sp, &d, from->stack.identity, to->stack.identity, for_good);
}
// [landing]

/// zh: 不经 g0，从当前的 G @p from 直接换到 @p to；落地后先跑 @p after(from)。to 也可以是 g0，那就回到 schedule。
/// en: Changes from the current G @p from straight to @p to, without g0; on landing @p after(from)
///     runs first. to may be g0 as well: then it is back to schedule.
/// @pre zh: to 是 Grunning，归本 M，已有栈；或者是本 M 的 g0。
///      en: to is Grunning, this M's, and has a stack; or it is this M's g0.
[[gnu::always_inline]] inline void gogo_direct(G* from, G* to, void (*after)(G*)) {
  departure d{from, after, nullptr, nullptr};
  land(from, leave(d, to));
}

}  // namespace newproc::rt
