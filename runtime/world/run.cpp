// zh: 启动与结束：schedinit、主 goroutine、m0，以及世界怎样停下。
//
// zh: 次序同 Go：先有 P 和 m0，再用 newproc1 造主 goroutine，然后 m0 进入调度循环。
//     mainStarted 在主 goroutine 的第一步才为真：在那之前不许有别的线程，运行时还没备好。
//
// zh: Go 的程序以 exit(0) 收场，别的线程就地消失。库不能这样：run 要能返回，还要能再来一次。所以主
//     goroutine 结束时立起 ending，叫醒每个睡着的 M，等它们都离开；被放弃的 G 连同栈一起归还，不展
//     开。
//
// en: Beginning and end: schedinit, the main goroutine, m0, and how the world stops.
//
// en: The order is Go's: Ps and m0 first, then newproc1 makes the main goroutine, then m0 enters
//     the scheduling loop. mainStarted turns true in the main goroutine's first step: before that
//     there must be no other thread, the runtime is not ready.
//
// en: A Go program ends by exit(0) and its other threads vanish where they are. A library can't:
//     run must return, and be callable again. So when the main goroutine is done it raises ending,
//     wakes every M that sleeps and waits until all have left; abandoned Gs are given back with
//     their stacks, not unwound.
#include <algorithm>
#include <new>
#include <stdexcept>
#include <string>

#include "ch1_entry/entry.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "ch4_machine/machine.hpp"
#include "ch6_parking/parking.hpp"
#include "ch7_time/time.hpp"
#include "ch9_netpoll/netpoll.hpp"
#include "newproc/go.hpp"
#include "observe/fatal.hpp"
#include "observe/settings.hpp"
#include "os/clock.hpp"
#include "os/die.hpp"
#include "os/pages.hpp"
#include "os/sanitizers.hpp"
#include "world/world.hpp"

namespace newproc::rt {
namespace {

os::atomic<bool> run_in_progress{false};

/// zh: 主函数和它的结果，住在 run_main 的栈上。
/// en: The main function and its result, on run_main's stack.
struct main_call {
  main_function f;
  void* from;
  int result = 0;
};

/// zh: 在 g0 上：主 goroutine 停下，不会再被恢复；世界开始停。
/// en: On g0: the main goroutine is parked, never to be resumed; the world begins to stop.
void main_done(G* g) {
  casgstatus(g, Grunning, Gwaiting);
  dropg();
  worldend();
}

/// zh: 主 goroutine。f 返回，世界就结束；f 调用 goexit，这里就展开，其余的继续跑。
/// en: The main goroutine. When f returns the world ends; when f calls goexit this unwinds and the
///     others go on.
/// Go: proc.go, main
struct main_closure {
  main_call* call_;

  /// zh: 从这一刻起可以有别的线程。f 返回之后，这里不返回。
  /// en: From this moment on there may be other threads. Once f has returned, this does not.
  static void call(void* self) {
    sched.mainStarted.store(true, order::relaxed);
    main_call* c = static_cast<main_closure*>(self)->call_;
    c->result = c->f(c->from);
    mcall(main_done);
  }
};

/// zh: 在信号处理函数里：是栈溢出就说出来并退出，不是就返回。
/// en: In the signal handler: tells a stack overflow and exits; returns if it is none.
void on_fault(const std::byte* address) {
  if (const G* g = find_overflowed(address)) fatal_stack_overflow(g);
}

/// zh: 重新构造 sched，备好每个 P 和各章；@p procs 不大于零：取默认值。这时只有一个线程。
/// en: Builds sched anew, readies every P and the chapters; @p procs not above zero: the default.
///     There is one thread only yet.
/// Go: proc.go, schedinit
void schedinit(int procs, std::size_t stack_bytes) {
  schedreset();
  procresize(procs > 0 ? std::min(procs, max_procs) : default_procs());
  sched.stack_bytes = stack_bytes;
  sched.tracebackancestors = godebug("tracebackancestors");
  sched.lastpoll.store(os::nanotime(), order::relaxed);
  {
    const sched_lock_guard hold(sched.lock);
    sched.maxmcount = max_threads_setting();
  }
  goroutineinit();
  runqueueinit();
  timeinit();
  netpollinit();
}

/// zh: 字节数，取整到页，不小于 stack_minimum；0 就是 stack_default。
/// en: In bytes, rounded up to pages, at least stack_minimum; 0 means stack_default.
std::size_t stack_size(std::size_t wanted) {
  if (wanted == 0) return stack_default;
  const std::size_t rounded = (wanted + os::page_bytes - 1) / os::page_bytes * os::page_bytes;
  return std::max(rounded, stack_minimum);
}

/// zh: 程序带的清洁器库里没有：说出来并退出，不然会是一堆误报。
/// en: The library lacks the program's sanitizer: tells it and exits, or there would be a heap of
///     false reports.
void check_sanitizer() {
  const char* missing = os::missing_sanitizer();
  if (missing == nullptr) return;
  const std::string name = missing;
  os::write_error("newproc: 程序用 -fsanitize=" + name +
                  " 编译，newproc 却没有；请用 -DNEWPROC_SANITIZE=" + name + " 另编一份\n");
  fatal("newproc: the program is compiled with -fsanitize=" + name +
        ", but newproc is not; build one with -DNEWPROC_SANITIZE=" + name);
}

/// zh: 一个进程里同时只许一次运行；否则构造时抛出 std::logic_error。
/// en: One run at a time in a process; else its constructor throws std::logic_error.
struct run_guard {
  run_guard() {
    if (getg() != nullptr) throw std::logic_error("newproc: run called inside a goroutine");
    // zh: 与析构函数的 release 配对 en: pairs with the destructor's release
    if (run_in_progress.exchange(true, order::acq_rel))
      throw std::logic_error("newproc: run called while another run goes on");
  }
  // zh: 与构造函数的 exchange 配对 en: pairs with the constructor's exchange
  ~run_guard() { run_in_progress.store(false, order::release); }
};

}  // namespace

int run_main(int procs, std::size_t stack_bytes, main_function f, void* from) {
  check_sanitizer();
  const run_guard only;
  // zh: 绑着调用者线程的 goroutine 也许改了掩码。只有线程自己改得了它，所以放回去不会抹掉别人的改动；亲
  //     和掩码就不然。
  // en: A goroutine bound to the caller's thread may have changed the mask. Only the thread
  //     itself can, so putting it back undoes no change of another's; not so with the affinity.
  const os::kept_signal_mask mask;
  const os::signal_stack alternate;
  os::install_fault_handler(on_fault);

  schedinit(procs, stack_size(stack_bytes));
  M* m0 = &sched.m0;
  enter_thread(m0);
  machineinit();
  acquirep(&sched.allp[0]);

  main_call call{f, from};
  const auto build = [](void* where, void* c) {
    ::new (where) main_closure{static_cast<main_call*>(c)};
  };
  newproc1(funcval_of<main_closure>, closure_builder{build, &call}, &m0->g0, nullptr);
  machinerun();

  machineend();
  parkingend();
  goroutineend();
  leave_thread();
  return call.result;
}

}  // namespace newproc::rt
