// zh: 原子变量与屏障。真机上 atomic<T> 就是 std::atomic<T>；每次操作都写明内存序。
//     var<T> 是普通字段；检查器里的同名类型会替它查数据竞争。
// en: Atomics and fences. On the real machine atomic<T> is std::atomic<T>; every operation names
//     its order. var<T> is a plain field; the checker's type of that name looks for data races.
#pragma once

#include <atomic>

namespace newproc::os {

/// zh: 谁都可以碰的字；检查器在每次操作处都可以换线程。
/// en: A word that anybody may touch; the checker may switch threads at each operation.
template <class T>
using atomic = std::atomic<T>;

/// zh: 只为统计而设的原子变量：没有人依它做决定，检查器不把它当调度点。
/// en: An atomic that only counts: no decision rests on it, so for the checker it is no scheduling
///     point.
template <class T>
using tally = std::atomic<T>;

/// zh: 内存序；每次操作都写明。 en: A memory order; every operation names its own.
using order = std::memory_order;

/// zh: 普通的字段，由别的同步保护；检查器查它的数据竞争。
/// en: A plain field that other synchronisation protects; the checker looks for races on it.
template <class T>
using var = T;

/// zh: 内存屏障，管住它前后的一切读写。 en: A memory barrier, for all reads and writes around it.
inline void fence(order o) {
#if defined(__SANITIZE_THREAD__)
  // zh: GCC 的 TSan 不懂屏障；换成对同一个字的读改写，它懂，而且更强。
  // en: GCC's TSan does not know fences; a read-modify-write of one word it knows, and is stronger.
  static std::atomic<int> word{0};
  word.fetch_add(0, o);
#else
  std::atomic_thread_fence(o);
#endif
}

/// zh: 告诉 CPU 我们在原地等。 en: Tells the CPU that we wait on the spot.
inline void spin_pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

}  // namespace newproc::os
