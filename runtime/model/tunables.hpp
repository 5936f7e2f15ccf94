// zh: 各章定下的尺寸，都在这一页。检查器换上小的，好让溢出和回绕触手可及。
// en: The sizes that the chapters fix, all on this page. The checker puts small ones in their
//     place, so that overflow and wrap-around are within reach.
#pragma once

#include <cstddef>
#include <cstdint>

namespace newproc::rt {

// --- zh: 第 2 章：G  en: chapter 2: the G
// zh: 地址空间，不是内存 en: address space, not memory
inline constexpr std::size_t stack_default = 256 * 1024;
inline constexpr std::size_t stack_minimum = 64 * 1024;
// zh: 放得进栈的一帧，跨不过护栏 en: a frame that fits into a stack can not step over the guard
inline constexpr std::size_t stack_guard = stack_default;
inline constexpr std::size_t stack_colours = 16;  // zh: 见 ch2 stacks.cpp en: see ch2 stacks.cpp
inline constexpr std::size_t stack_colour_bytes = 128;
inline constexpr std::size_t stacks_per_region = 128;
// zh: 这么久没有人用，栈就还内存；一次还几个 en: unused so long, a stack gives memory back; by so many
inline constexpr std::int64_t stack_idle_ns = 2'000'000'000;
inline constexpr int stacks_per_trim = 16;
inline constexpr std::size_t gs_per_slab = 4096;     // zh: 一兆字节 en: a megabyte
inline constexpr std::size_t gs_per_populate = 256;  // zh: 十六页 en: sixteen pages
inline constexpr std::size_t closure_room = 64;      // zh: 八个指针 en: eight pointers
inline constexpr std::size_t closure_maximum = 16 * 1024;
inline constexpr int gfree_high = 64;            // Go: proc.go, gfput
inline constexpr int gfree_low = 32;             // Go: proc.go, gfget
inline constexpr std::uint64_t goid_batch = 16;  // Go: runtime2.go, _GoidCacheBatch

// --- zh: 第 3 章：运行队列  en: chapter 3: run queues
inline constexpr std::uint32_t ring_size = 256;  // zh: 2 的幂 en: a power of two
inline constexpr std::uint32_t global_batch_maximum = ring_size / 2;
inline constexpr std::uint32_t gqueue_at_first = 256;      // zh: 2 的幂 en: a power of two
inline constexpr std::int64_t runnext_back_off_ns = 3000;  // Go: proc.go, runqgrab

// --- zh: 第 4 章：M  en: chapter 4: the M
inline constexpr int max_threads_default = 10000;
inline constexpr int max_procs = 1024;

// --- zh: 第 5 章：调度  en: chapter 5: scheduling
// zh: 素数，不与程序的节拍共振 en: prime: no resonance with a program's beat
inline constexpr std::uint32_t global_tick = 61;
inline constexpr int steal_rounds = 4;

// --- zh: 第 6 章：停下与放行  en: chapter 6: parking
inline constexpr int sudog_high = 128;  // Go: runtime2.go, p.sudogbuf
inline constexpr int sudog_low = 64;
inline constexpr std::size_t sudogs_per_slab = 64;   // zh: 一页 en: a page
inline constexpr std::size_t hchans_per_slab = 64;
inline constexpr std::size_t sema_locks = 251;  // Go: sema.go, semTabSize
inline constexpr int mutex_spins = 4;           // Go: proc.go, active_spin
inline constexpr int mutex_spin_pauses = 30;    // Go: proc.go, active_spin_cnt
inline constexpr std::int64_t starvation_ns = 1'000'000;  // Go: sync/mutex.go, starvationThresholdNs

}  // namespace newproc::rt
