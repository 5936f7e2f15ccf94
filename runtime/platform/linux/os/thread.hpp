// zh: 操作系统线程：启动、等它结束、让出、打盹，以及每个线程自己的那一个字和异常现场。
// en: OS threads: start, join, give way, nap; and what each has for itself: one word, and C++'s
//     exception state.
#pragma once

#include <pthread.h>
#include <signal.h>

#include <cstdint>

namespace newproc::os {

/// zh: 一个操作系统线程；start 之后，join 之前，不得移动或析构。
/// en: An OS thread; between start and join it must be neither moved nor destroyed.
class thread {
 public:
  /// zh: 启动一个线程跑 fn(arg)。返回 0，或 errno。线程太多（EAGAIN）时先等一等再试，越等越久，约五分
  ///     之一秒后才放弃。
  /// en: Starts a thread that runs fn(arg). Returns 0, or an errno. When there are too many threads
  ///     (EAGAIN) it waits and tries again, each time longer, and gives up after a fifth of a
  ///     second.
  [[nodiscard]] int start(void (*fn)(void*), void* arg);
  /// zh: 等它结束；start 成功过才可以，只许一次。
  /// en: Waits for its end; only after a start that succeeded, and once.
  void join();
  /// zh: 已经结束就收尾，如同 join；还没有则返回假，以后再问。
  /// en: If it has ended, joins it; else false: ask again later.
  bool try_join();

 private:
  pthread_t handle_{};
  void (*fn_)(void*) = nullptr;
  void* arg_ = nullptr;
};

/// zh: 本线程的信号掩码，析构时放回构造时的样子。
/// en: This thread's signal mask, put back by the destructor to what it was for the constructor.
class kept_signal_mask {
 public:
  kept_signal_mask();
  ~kept_signal_mask();
  kept_signal_mask(const kept_signal_mask&) = delete;
  kept_signal_mask& operator=(const kept_signal_mask&) = delete;

 private:
  sigset_t before_;
};

/// zh: 原地等 @p ns 纳秒，只用于几微秒：叫内核来等，光是定时器的余量就有五十微秒。
/// en: Busy-waits for @p ns nanoseconds; use it for a few microseconds only. The kernel's timer
///     slack alone would add about fifty.
void nap(std::int64_t ns);

/// zh: 把 CPU 让给别的线程。 en: Gives the CPU to another thread.
void thread_yield();

/// zh: 本线程的那一个字：getg 的底座。编译器会把线程局部变量的地址留在寄存器里；goroutine 一旦换了
///     线程，那个地址就是别人的。所以每次都重新问线程寄存器：x86-64 上是一条 volatile 的指令，编译
///     器不会把它挪走，也不会把两次并成一次；别处是不许内联的函数。
/// en: This thread's one word, which getg stands on. A compiler keeps a thread-local's address in a
///     register; once the goroutine has moved to another thread, that address is another's.
///     So the thread register is asked anew each time: on x86-64 by a volatile instruction, which
///     the compiler neither moves nor merges with another; elsewhere by a function that is never
///     inlined.
#if defined(__x86_64__)
inline void* thread_word() {
  void* word;
  asm volatile(
      "movq newproc_thread_word@gottpoff(%%rip), %0\n\t"
      "movq %%fs:(%0), %0"
      : "=r"(word));
  return word;
}

/// zh: 改写本线程的那一个字；每次换栈都要，从此 getg() 是新的 G。
/// en: Sets this thread's one word; with each switch of stacks, and getg() is the new G from then
///     on.
inline void set_thread_word(void* word) {
  void* offset;
  asm volatile(
      "movq newproc_thread_word@gottpoff(%%rip), %0\n\t"
      "movq %1, %%fs:(%0)"
      : "=&r"(offset)
      : "r"(word));
}
#else
void* thread_word();
void set_thread_word(void* word);
#endif

/// zh: C++ 运行库的每线程异常现场（Itanium ABI：正被捕获的异常链，未捕获异常的个数）。
/// en: The C++ library's per-thread exception state (Itanium ABI: the chain of caught exceptions,
///     the number of uncaught ones).
struct exception_state {
  void* caught = nullptr;
  unsigned int uncaught = 0;
};

/// zh: 本线程的异常现场所在；地址在线程的一生中不变。
/// en: Where this thread's exception state lives; the address never changes while it lives.
exception_state* thread_exceptions();

}  // namespace newproc::os
