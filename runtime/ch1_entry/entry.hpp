// zh: 第 1 章的接缝：go 语句的入口，和换栈的办法。
// en: Chapter 1's seam: where the go statement enters, and the ways to change stacks.
#pragma once

#include "model/current.hpp"  // IWYU pragma: export

namespace newproc::rt {

/// zh: 在 g0 上跑 @p fn，然后回到这里。已经在 g0 上时只是普通的调用。fn 不得停下（park）。
/// en: Runs @p fn on g0, then comes back here. On g0 already, it is a plain call. fn must not park.
/// Go: asm_amd64.s, systemstack
void systemstack(void (*fn)(void*), void* arg);

/// zh: 同上，@p fn 是任何可调用的对象；它留在调用者的栈上，不得抛出异常。
/// en: The same for any callable @p fn; it stays on the caller's stack and must not throw.
template <class F>
void systemstack(F&& fn) {
  systemstack([](void* f) { (*static_cast<F*>(f))(); }, &fn);
}

/// zh: 离开当前 G，在 g0 上跑 @p fn(g)，随后由调度器另选一个 G。
///     fn 开始时 g 的现场已存好，再没有人用它的栈；所以 fn 一公布 g，别的线程立刻就可以恢复它。
/// en: Leaves the current G, runs @p fn(g) on g0; then the scheduler chooses another G. When fn
///     starts g is saved and its stack is not in use; so as soon as fn publishes g, another thread
///     may resume it.
/// Go: asm_amd64.s, mcall
/// @pre zh: 不在 g0 上。 en: not on g0.
void mcall(void (*fn)(G*));

/// zh: 同 mcall，但 g 不会再被恢复。 en: Like mcall, but g will never be resumed.
[[noreturn]] void mcall_for_good(void (*fn)(G*));

/// zh: 从 g0 跳进 @p g（第一次跑的，先给它一个栈）；当它（或接着它跑的 G）用 mcall 离开、fn 也跑完
///     之后返回。Go 的 gogo 不返回，而由 mcall 从 g0 的固定起点重新开始；这里返回到 schedule 的循
///     环，效果相同。
/// en: Jumps from g0 into @p g (giving it a stack if it is its first run); returns when it (or a G
///     that ran on from it) left by mcall and fn is done. Go's gogo does not return and its mcall
///     starts afresh at g0's fixed bottom; ours returns into schedule's loop, to the same effect.
/// Go: asm_amd64.s, gogo
/// @pre zh: 在 g0 上；g 是 Grunning，归本 M。 en: on g0; g is Grunning and this M's.
void gogo(G* g);

/// zh: 不经 g0，离开 @p from 再不回来，换到 @p to；落地后先跑 @p after(from)。
/// en: Leaves @p from for good and changes to @p to, without g0; on landing @p after(from) runs
///     first.
/// @pre zh: to 是 Grunning，归本 M，已有栈。 en: to is Grunning, this M's, and has a stack.
[[noreturn]] void gogo_for_good(G* from, G* to, void (*after)(G*));

/// zh: @p from 的函数已经结束，它的栈归还没开始的 @p to：没有人换栈，只换了主人。
/// en: @p from's function has ended and its stack goes to @p to, which has not begun: no stack
///     is switched, it changes its owner.
void takeover(G* from, G* to);

/// zh: 让 @p g 的栈做好准备：第一次 gogo 时，仿佛 goexit 调用了 g->startfn，停在它的第一条指令之
///     前。
/// en: Prepares @p g's stack as if goexit had called g->startfn and stopped before its first
///     instruction.
/// Go: asm / sys_x86.go, gostartcallfn
void gostartcallfn(G* g);

/// zh: 把当前线程变成运行时的线程：getg() 从此是 @p m 的 g0。
/// en: Makes the current thread one of the runtime's: from now on getg() is @p m's g0.
void enter_thread(M* m);

/// zh: 反面，在 g0 上：线程不再是运行时的，getg() 从此是 nullptr。
/// en: The opposite, on g0: the thread is the runtime's no more, from now on getg() is nullptr.
void leave_thread();

/// zh: 当前 goroutine；不在 goroutine 上则是致命错误，报出 @p caller。
/// en: The current goroutine; fatal, naming @p caller, if there is none.
G* getg_user(const char* caller);

/// zh: goexit 抛出的东西：不是 std::exception。被吞掉时它自己会发现。
/// en: What goexit throws: no std::exception. It notices when it is swallowed.
class goexit_signal {
 public:
  goexit_signal() = default;
  goexit_signal(const goexit_signal&) = delete;
  goexit_signal& operator=(const goexit_signal&) = delete;
  ~goexit_signal();
  /// zh: 送到了 goexit_frame；此后析构不是错误。
  /// en: It has reached goexit_frame; from now on its destruction is no error.
  void delivered() const { delivered_ = true; }

 private:
  mutable bool delivered_ = false;
};

}  // namespace newproc::rt
