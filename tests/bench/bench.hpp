// zh: 一行测量：在主 goroutine 里跑，返回它量到的数。bench.go 是它的孪生，两边做同样的事。
// en: A row of measurements: runs in the main goroutine and returns what it measured. bench.go is
//     its twin; both do the same work.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>

namespace bench {

struct result {
  std::optional<double>
      ns{};  // zh: 每个 goroutine、每次让出、每次叫醒 en: per goroutine, yield or wake-up
  std::optional<double> bytes{};  // zh: 每个 goroutine 的常驻内存 en: resident memory per goroutine
  std::optional<double> percent{};  // zh: CPU 时间占墙钟时间 en: CPU time of wall-clock time
};

// --- spawn.cpp
/// zh: @p batches 批，每批 1000 个 goroutine，各自给计数器加一；主 goroutine 让出，直到全部完成。
/// en: @p batches batches of 1000 goroutines that each add one to a counter; main yields until all
///     are done.
result spawn(std::int64_t batches);
/// zh: 两个 goroutine 各让出 @p times 次。 en: Two goroutines yield @p times each.
result yield(std::int64_t times);
/// zh: 深 @p depth 层的二叉树，每个结点一个 goroutine，谁也不等谁；最后只数叶子。
/// en: A binary tree @p depth levels deep, a goroutine per node, nobody waits for anybody; only the
///     leaves are counted in the end.
result tree(std::int64_t depth);
/// zh: 造出而从未跑过的 goroutine，每块 100 个，共 @p blocks 块。
/// en: Goroutines that exist but have not run: @p blocks blocks of 100.
result parked(std::int64_t blocks);

// --- wake.cpp
/// zh: 从 go 语句到新 goroutine 在另一个线程上的第一条指令，@p times 次的中位数。
///     那个线程已睡了一毫秒以上，或者（wake_active）5 到 20 微秒之前刚跑过一个。
/// en: From a go statement to the new goroutine's first instruction on another thread, the median
///     of @p times. That thread has slept for more than a millisecond, or (wake_active) ran one 5
///     to 20 microseconds ago.
result wake_idle(std::int64_t times);
result wake_active(std::int64_t times);
/// zh: 人人都在睡时，进程每秒用掉多少 CPU 时间；睡 @p milliseconds 毫秒。
/// en: CPU time that the process uses per second while everybody sleeps, for @p milliseconds.
result idle_cpu(std::int64_t milliseconds);

// --- floor.cpp
/// zh: 没有人争的一次 CAS，换一次栈，第一次碰一页内存，各做 @p times 次。Go 没有这几行。
/// en: A CAS that nobody contends for, a switch of stacks, the first touch of a page of memory, each
///     @p times. Go has no such rows.
result cas(std::int64_t times);
result stack_switch(std::int64_t times);
result page(std::int64_t times);

/// zh: 一批 @p size 个 goroutine，跑完才返回。
/// en: A batch of @p size goroutines; returns when they are done.
void run_batch(std::int64_t size);

/// zh: 单调时钟，纳秒。 en: The monotonic clock, in nanoseconds.
inline std::int64_t now() {
  return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace bench
