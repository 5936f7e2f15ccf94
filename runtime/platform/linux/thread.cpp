// zh: 线程、打盹、线程的那一个字。
// en: Threads, naps, the thread's one word.
#include "os/thread.hpp"

#include <cxxabi.h>
#include <pthread.h>
#include <sched.h>
#include <time.h>

#include <cerrno>

#include "os/atomic.hpp"
#include "os/clock.hpp"

// zh: 名字写在汇编里，链接时优化看不见；used 让它留下。
// en: The name stands in assembly where link-time optimisation can't see it; `used` keeps it.
extern "C" {
[[gnu::used, gnu::visibility("hidden")]] constinit thread_local void* newproc_thread_word = nullptr;
}

namespace newproc::os {
namespace {

constexpr int start_attempts = 20;          // Go: gcc_libinit.c, _cgo_try_pthread_create
constexpr long start_pause_ns = 1'000'000;  // zh: 第 n 次之后 n 毫秒 en: n ms after the n-th

}  // namespace

int thread::start(void (*fn)(void*), void* arg) {
  fn_ = fn;
  arg_ = arg;
  const auto trampoline = [](void* self) -> void* {
    auto* t = static_cast<thread*>(self);
    t->fn_(t->arg_);
    return nullptr;
  };
  // zh: 线程太多往往是一时的：别的进程正在起落，刚结束的还没收拾完。
  // en: Too many threads is often so for a moment: other processes come and go, those that have just
  //     ended are not cleared away yet.
  int error = 0;
  for (int attempt = 1; attempt <= start_attempts; ++attempt) {
    error = ::pthread_create(&handle_, nullptr, trampoline, this);
    if (error != EAGAIN) break;
    const timespec pause{.tv_sec = 0, .tv_nsec = attempt * start_pause_ns};
    ::nanosleep(&pause, nullptr);
  }
  return error;
}

void thread::join() { ::pthread_join(handle_, nullptr); }

bool thread::try_join() { return ::pthread_tryjoin_np(handle_, nullptr) == 0; }

kept_signal_mask::kept_signal_mask() { ::pthread_sigmask(SIG_SETMASK, nullptr, &before_); }

kept_signal_mask::~kept_signal_mask() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

void nap(std::int64_t ns) {
  for (const std::int64_t until = nanotime() + ns; nanotime() < until;) spin_pause();
}

void thread_yield() { ::sched_yield(); }

#if !defined(__x86_64__)
[[gnu::noinline]] void* thread_word() {
  asm volatile("" ::: "memory");
  return newproc_thread_word;
}

[[gnu::noinline]] void set_thread_word(void* word) {
  asm volatile("" ::: "memory");
  newproc_thread_word = word;
}
#endif

exception_state* thread_exceptions() {
  return reinterpret_cast<exception_state*>(abi::__cxa_get_globals());
}

}  // namespace newproc::os
