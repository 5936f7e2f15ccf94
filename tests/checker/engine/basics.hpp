// zh: 检查器到处用到的小东西：上限、散列、逻辑时钟，和一次执行之外的内存。
//
// zh: 被检查的代码在竞技场（arena）里分配内存，每次执行之后整个丢掉。检查器自己的记录必须留下来，
//     所以它的容器用 kept：内存来自 malloc，不经过竞技场。
//
// en: Small things that the checker uses everywhere: limits, hashing, logical clocks, and memory
//     that outlives an execution.
//
// en: The code under test allocates in an arena, which is dropped whole after each execution. The
//     checker's own records must stay, so its containers are `kept`: their memory comes from malloc
//     and not from the arena.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <string>
#include <vector>

namespace newproc::checker {

/// zh: 模拟的 M 至多几个。 en: How many simulated Ms there may be.
inline constexpr int max_machines = 8;
inline constexpr int nobody = -1;

template <class T>
struct kept_allocator {
  using value_type = T;
  kept_allocator() = default;
  template <class U>
  kept_allocator(const kept_allocator<U>&) {}
  T* allocate(std::size_t n) {
    if (void* p = std::malloc(n * sizeof(T))) return static_cast<T*>(p);
    throw std::bad_alloc();
  }
  void deallocate(T* p, std::size_t) { std::free(p); }
  bool operator==(const kept_allocator&) const { return true; }
};
template <class T>
using kept = std::vector<T, kept_allocator<T>>;
using kept_text = std::basic_string<char, std::char_traits<char>, kept_allocator<char>>;

/// zh: 把 @p event 混进散列 @p h。 en: Mixes @p event into the hash @p h.
inline std::uint64_t mix(std::uint64_t h, std::uint64_t event) {
  h ^= event + 0x9e3779b97f4a7c15u + (h << 6) + (h >> 2);
  h *= 0xff51afd7ed558ccdu;  // MurmurHash3, fmix64
  return h ^ (h >> 33);
}

/// zh: 向量时钟：每个 M 一格，末一格属于 S，seq_cst 操作的全序，好像它也是一个线程。
/// en: A vector clock: a place per M, and a last one for S, the total order of seq_cst operations,
///     as if it were a thread too.
struct clock {
  static constexpr std::size_t S = max_machines;
  std::array<std::uint32_t, max_machines + 1> at{};

  void join(const clock& other) {
    for (std::size_t i = 0; i < at.size(); ++i) at[i] = std::max(at[i], other.at[i]);
  }
};

}  // namespace newproc::checker
