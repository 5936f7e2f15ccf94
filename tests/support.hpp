// zh: 测试共用的小东西：在哪种清洁器下、规模该多大、怎样说“跳过”。
// en: Small things that tests share: under which sanitizer, how large, how to say "skipped".
#pragma once

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <limits>
#include <string>

#include "newproc/newproc.hpp"

namespace newproc::test {

#if defined(__has_feature)
#define NEWPROC_TEST_FEATURE(x) __has_feature(x)
#else
#define NEWPROC_TEST_FEATURE(x) 0
#endif

#if defined(__SANITIZE_ADDRESS__) || NEWPROC_TEST_FEATURE(address_sanitizer)
inline constexpr bool under_asan = true;
#else
inline constexpr bool under_asan = false;
#endif
#if defined(__SANITIZE_THREAD__) || NEWPROC_TEST_FEATURE(thread_sanitizer)
inline constexpr bool under_tsan = true;
#else
inline constexpr bool under_tsan = false;
#endif

// zh: 清洁器自己处理段错误。Clang 的 UBSan 也是，GCC 的不是。
// en: The sanitizer handles segmentation faults itself. So does Clang's UBSan, unlike GCC's.
inline constexpr bool sanitizer_handles_faults =
    under_asan || under_tsan || NEWPROC_TEST_FEATURE(undefined_behavior_sanitizer);

/// zh: TSan 最多记得约 8000 个纤程，而且每造一个都要填几百页内存，费几十毫秒。所以在它下面，同时存
///     在的 goroutine 不超过这个数，并说出来。
/// en: TSan remembers about 8000 fibers, and to make one it fills hundreds of pages, which takes it
///     tens of milliseconds. So under it no more goroutines than this exist at once, and we say so.
inline constexpr int tsan_goroutines = 200;

inline int goroutines_at_once(int wanted) {
  if (!under_tsan || wanted <= tsan_goroutines) return wanted;
  std::printf(
      "TSan 的纤程有限：用 %d 个 goroutine，而不是 %d 个\n"
      "TSan's fibers are limited: %d goroutines instead of %d\n",
      tsan_goroutines, wanted, tsan_goroutines, wanted);
  return tsan_goroutines;
}

/// zh: 清洁器下慢十倍以上；重复的次数相应减少，性质不变。
/// en: Under a sanitizer things are ten times slower and more; repeat less often, to the same end.
inline constexpr int repeat(int times) {
  return under_tsan || under_asan ? (times + 9) / 10 : times;
}

inline std::uintptr_t address_of(const void* p) { return reinterpret_cast<std::uintptr_t>(p); }

/// zh: 让到只剩自己这一个 goroutine。
/// en: Yields until this goroutine is the only one.
inline void until_alone() {
  while (num_goroutine() > 1) yield();
}

inline void say_skipped(const std::string& zh, const std::string& en) {
  std::printf("跳过：%s\nskipped: %s\n", zh.c_str(), en.c_str());
}

/// zh: /proc/meminfo 里的 MemAvailable，字节；读不到则 0。
/// en: MemAvailable of /proc/meminfo, in bytes; 0 if it can't be read.
inline std::size_t memory_available() {
  std::ifstream file("/proc/meminfo");
  std::string key;
  std::size_t kib = 0;
  while (file >> key >> kib) {
    if (key == "MemAvailable:") return kib * 1024;
    file.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
  }
  return 0;
}

}  // namespace newproc::test
