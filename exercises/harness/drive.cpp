// zh: 通过之后的兜风：学习者的函数链接进真的运行时，带动一百万个 goroutine，报出计数。每个恰好跑一次才算
//     带得动；路上报出跑了多少，停在半路也说得出停在哪里。
// en: The drive after passing: the learner's functions, linked into the real runtime, run a million
//     goroutines; the counts are reported. To have driven it each must have run exactly once. On the
//     way it reports how many have run, so that where it stopped can be told.
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <string>

#include "judge.hpp"
#include "model/counters.hpp"
#include "newproc/newproc.hpp"

namespace {

constexpr std::size_t leaves = std::size_t{1} << 19;
constexpr std::size_t all = 2 * leaves - 1;  // zh: 一棵满的二叉树 en: a full binary tree
constexpr std::size_t step = 1 << 14;  // zh: 每跑这么多，报一次 en: reported so often
using clock = std::chrono::steady_clock;

// zh: 编号从 1 起，n 的孩子是 2n 和 2n + 1。 en: Numbers begin with 1; the children of n are 2n and 2n + 1.
std::array<std::atomic<bool>, all + 1> ran;
std::atomic<std::size_t> done{0}, again{0};
std::atomic<bool> over{false};
clock::time_point finish;

void report(std::size_t n) {
  newproc::exercise::send("{\"event\": \"ran\", \"n\": " + std::to_string(n) +
                          ", \"of\": " + std::to_string(all) + "}");
}

void grow(std::size_t number) {
  if (ran.at(number).exchange(true, std::memory_order_relaxed))
    again.fetch_add(1, std::memory_order_relaxed);
  if (number < leaves)
    for (const std::size_t child : {2 * number, 2 * number + 1})
      newproc::go([child] { grow(child); });
  const std::size_t n = done.fetch_add(1, std::memory_order_acq_rel) + 1;
  if (n % step == 0 || n == all) report(n);
  if (n != all) return;
  finish = clock::now();
  over.store(true, std::memory_order_release);
}

}  // namespace

int main() {
  report(0);
  const auto start = clock::now();
  newproc::run({.procs = 2}, [] {
    newproc::go([] { grow(1); });
    // zh: 睡着等：主 goroutine 若不停地让出，会占住一个 M。
    // en: Waits asleep: yielding again and again, the main goroutine would keep an M busy.
    while (!over.load(std::memory_order_acquire)) newproc::sleep(std::chrono::milliseconds(1));
  });
  const auto us = std::chrono::duration_cast<std::chrono::microseconds>(finish - start);
  const newproc::rt::statistics s = newproc::rt::count_all();
  newproc::exercise::send(
      "{\"event\": \"drive\", \"goroutines\": " + std::to_string(done.load()) +
      ", \"again\": " + std::to_string(again.load()) + ", \"steals\": " + std::to_string(s.steals) +
      ", \"wakes\": " + std::to_string(s.wakes) + ", \"threads\": " + std::to_string(s.threads) +
      ", \"us\": " + std::to_string(us.count()) + "}");
  ::_exit(0);
}
