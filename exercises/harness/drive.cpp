// zh: 通过之后的兜风：学习者的函数链接进真的运行时，带动一百万个 goroutine，报出计数。
// en: The drive after passing: the learner's functions, linked into the real runtime, run a million
//     goroutines; the counts are reported.
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <string>

#include "judge.hpp"
#include "model/counters.hpp"
#include "newproc/newproc.hpp"

namespace {

constexpr int depth = 19;  // zh: 2^20 - 1 个 goroutine en: 2^20 - 1 goroutines

constexpr int all = (1 << (depth + 1)) - 1;
using clock = std::chrono::steady_clock;

std::atomic<int> done{0};
std::atomic<bool> over{false};
clock::time_point finish;

void grow(int level) {
  if (level > 0)
    for (int i = 0; i < 2; ++i) newproc::go([level] { grow(level - 1); });
  if (done.fetch_add(1, std::memory_order_acq_rel) + 1 != all) return;
  finish = clock::now();
  over.store(true, std::memory_order_release);
}

}  // namespace

int main() {
  const auto start = clock::now();
  newproc::run({.procs = 2}, [] {
    newproc::go([] { grow(depth); });
    // zh: 睡着等：主 goroutine 若不停地让出，会占住一个 M。
    // en: Waits asleep: yielding again and again, the main goroutine would keep an M busy.
    while (!over.load(std::memory_order_acquire)) newproc::sleep(std::chrono::milliseconds(1));
  });
  const auto us = std::chrono::duration_cast<std::chrono::microseconds>(finish - start);
  const newproc::rt::statistics s = newproc::rt::count_all();
  newproc::exercise::send("{\"event\": \"drive\", \"goroutines\": " + std::to_string(done.load()) +
                          ", \"steals\": " + std::to_string(s.steals) + ", \"wakes\": " +
                          std::to_string(s.wakes) + ", \"threads\": " + std::to_string(s.threads) +
                          ", \"us\": " + std::to_string(us.count()) + "}");
  ::_exit(0);
}
