// zh: 第 2 章的接缝：G 的一生——分配、闭包、栈与第一帧、状态、编号、死后缓存。
// en: Chapter 2's seam: the life of a G: allocation, closure, stack and first frame, states,
//     numbers, the cache of the dead.
#pragma once

#include "model/current.hpp"  // IWYU pragma: export

namespace newproc::rt {

struct closure_builder;

/// zh: 造一个跑 fn 的 G，放进当前 P 的队列，必要时叫人来跑。闭包由 @p builder 就地构造在它里面。
///     builder 抛出的异常原样传出，什么也不留下。
/// en: Makes a G that runs fn, puts it on the current P's queue, and wakes an M if need be. The
///     closure is built in place inside it by @p builder. What builder throws goes through, and
///     nothing is left behind.
/// Go: proc.go, newproc1
/// @pre zh: 当前 M 握有 P。 en: the current M holds a P.
G* newproc1(const funcval& fn, closure_builder builder, G* callergp, const void* callerpc);

/// zh: 把 @p g 从一个状态改到另一个；只许合法的边，只许握着它的人。
/// en: Moves @p g from one status to another; along a legal edge; the caller must hold it.
/// Go: proc.go, casgstatus
void casgstatus(G* g, gstatus from, gstatus to);

/// zh: @p g 成为 @p m 正在跑的 G，状态 Grunning。 en: @p g becomes what @p m runs, Grunning.
/// Go: proc.go, execute
void linkg(M* m, G* g);

/// zh: 反面：当前的 G 与它的 M 分手，m->curg 和 g->m 都清空。
/// en: The opposite: the current G parts from its M; clears m->curg and g->m.
/// Go: proc.go, dropg
void dropg();

/// zh: @p g 第一次跑：从 @p p 得到一个栈（闭包太大的已经有了），备好第一帧。
/// en: @p g's first run: it gets a stack from @p p (one whose closure is large has it already) and
///     its first frame.
void firststack(P* p, G* g);

/// zh: goroutine 的函数返回了，或被 goexit 展开完了。返回接过这个栈的下一个 G；没有这样的 G 就不返回。
/// en: The goroutine's function returned, or goexit has unwound it. Returns the next G, which takes
///     over this stack; if there is none such it does not return.
/// Go: proc.go, goexit1
G* goexit1();

/// zh: 活着的 goroutine 数，问话的那个也在内；只会多数正在结束的，不会少数活着的。
/// en: Goroutines alive, the one who asks included; may count some too many that end just now,
///     never too few.
/// Go: proc.go, gcount
int gcount();

/// zh: 一次运行开始，造第一个 G 之前。 en: A run begins; before the first G is made.
void goroutineinit();

/// zh: 一次运行结束，别的线程都已离开：所有 G 和它们的栈都还给系统。
/// en: A run has ended and the other threads have left: all Gs and their stacks go back to the
///     system.
void goroutineend();

/// zh: @p address 落在哪个 G 的护栏里；没有则 nullptr。信号处理函数里也可以调用。
/// en: The G whose guard @p address falls into; nullptr if none's. May be called in a signal
///     handler.
G* find_overflowed(const std::byte* address);

/// zh: 闲着的 M 顺手做的事：把久没有人用的栈里、第一页以外的内存还给系统。同时只有一个 M 管。
/// en: What an idle M does on the side: of stacks that were not used for a while, all memory above
///     the first page goes back to the system. One M at a time is at it.
class stack_trimmer {
 public:
  stack_trimmer();
  ~stack_trimmer();
  stack_trimmer(const stack_trimmer&) = delete;
  stack_trimmer& operator=(const stack_trimmer&) = delete;
  /// zh: 几时该叫 trim（单调时钟，纳秒）；零：没有可还的，或者别人在管。
  /// en: When trim is to be called (ns, monotonic); 0: nothing to give back, or another M is at it.
  [[nodiscard]] std::int64_t due() const { return due_; }
  /// zh: 还几个，再定下一次的时刻。 en: Does a few, and sets the time for the next.
  void trim() EXCLUDES(sched.lock);

 private:
  /// zh: 不再管，别的 M 可以来。 en: Is at it no more: another M may be.
  void finish();

  std::int64_t due_ = 0;
  bool mine_ = false;
};

}  // namespace newproc::rt
