// zh: 通过之后的兜风：学习者的函数链接进真的运行时，带动一百万个 goroutine，报出计数。
// en: The drive after passing: the learner's functions, linked into the real runtime, run a million
//     goroutines; the counts are reported.
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <string>

#include "counters.hpp"
#include "judge.hpp"
#include "newproc/newproc.hpp"

namespace {

constexpr int depth = 19;  // zh: 2^20 - 1 个 goroutine en: 2^20 - 1 goroutines

void grow(std::atomic<int>& done, int level) {
  if (level > 0)
    for (int i = 0; i < 2; ++i) newproc::go([&done, level] { grow(done, level - 1); });
  done.fetch_add(1, std::memory_order_release);
}

}  // namespace

int main() {
  using clock = std::chrono::steady_clock;
  constexpr int all = (1 << (depth + 1)) - 1;
  std::atomic<int> done{0};
  const auto start = clock::now();
  newproc::run({.procs = 2}, [&] {
    newproc::go([&done] { grow(done, depth); });
    while (done.load(std::memory_order_acquire) != all) newproc::yield();
  });
  const auto us = std::chrono::duration_cast<std::chrono::microseconds>(clock::now() - start);
  const newproc::rt::statistics s = newproc::rt::count_all();
  newproc::exercise::send("{\"event\": \"drive\", \"goroutines\": " + std::to_string(done.load()) +
                          ", \"steals\": " + std::to_string(s.steals) + ", \"wakes\": " +
                          std::to_string(s.wakes) + ", \"threads\": " + std::to_string(s.threads) +
                          ", \"us\": " + std::to_string(us.count()) + "}");
  ::_exit(0);
}
