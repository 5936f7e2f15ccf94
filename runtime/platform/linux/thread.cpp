// zh: 线程、打盹、线程的那一个字。
// en: Threads, naps, the thread's one word.
#include "os/thread.hpp"

#include <cxxabi.h>
#include <pthread.h>
#include <sched.h>

#include "os/atomic.hpp"
#include "os/clock.hpp"

// zh: 名字写在汇编里，链接时优化看不见；used 让它留下。
// en: The name stands in assembly where link-time optimisation can't see it; `used` keeps it.
extern "C" {
[[gnu::used, gnu::visibility("hidden")]] constinit thread_local void* newproc_thread_word = nullptr;
}

namespace newproc::os {

int thread::start(void (*fn)(void*), void* arg) {
  fn_ = fn;
  arg_ = arg;
  const auto trampoline = [](void* self) -> void* {
    auto* t = static_cast<thread*>(self);
    t->fn_(t->arg_);
    return nullptr;
  };
  return ::pthread_create(&handle_, nullptr, trampoline, this);
}

void thread::join() { ::pthread_join(handle_, nullptr); }

bool thread::try_join() { return ::pthread_tryjoin_np(handle_, nullptr) == 0; }

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
