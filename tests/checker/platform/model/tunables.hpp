// zh: 检查器的尺寸：小到溢出、回绕、批发都在几步之内。
// en: The checker's sizes: so small that overflow, wrap-around and wholesale are a few steps away.
#pragma once

#include <cstddef>
#include <cstdint>

namespace newproc::rt {

inline constexpr std::size_t stack_default = 64 * 1024;
inline constexpr std::size_t stack_minimum = 32 * 1024;
inline constexpr std::size_t stack_guard = 4096;
inline constexpr std::size_t stack_colours = 1;
inline constexpr std::size_t stack_colour_bytes = 0;
inline constexpr std::size_t stacks_per_region = 4;
// zh: 零：不还；要看它的场景自己改 sched.stackIdle
// en: zero: never; a scenario that is about it sets sched.stackIdle
inline constexpr std::int64_t stack_idle_ns = 0;
inline constexpr int stacks_per_trim = 1;
inline constexpr std::size_t gs_per_slab = 4;
inline constexpr std::size_t gs_per_populate = 4;
inline constexpr std::size_t closure_room = 64;
inline constexpr std::size_t closure_maximum = 4096;
inline constexpr int gfree_high = 4;
inline constexpr int gfree_low = 2;
inline constexpr std::uint64_t goid_batch = 2;

inline constexpr std::uint32_t ring_size = 4;
inline constexpr std::uint32_t global_batch_maximum = ring_size / 2;
inline constexpr std::uint32_t gqueue_at_first = 2;
inline constexpr std::int64_t runnext_back_off_ns = 3000;

inline constexpr int max_threads_default = 100;
inline constexpr int max_procs = 4;

inline constexpr std::uint32_t global_tick = 3;
inline constexpr int steal_rounds = 2;

inline constexpr int sudog_high = 4;
inline constexpr int sudog_low = 2;
inline constexpr std::size_t sudogs_per_slab = 4;
inline constexpr std::size_t hchans_per_slab = 4;
// zh: 一个：两个对象总是共用它 en: one, so that two objects always share it
inline constexpr std::size_t sema_locks = 1;
inline constexpr int mutex_spins = 1;
inline constexpr int mutex_spin_pauses = 1;
inline constexpr std::int64_t starvation_ns = 1'000'000;

}  // namespace newproc::rt
