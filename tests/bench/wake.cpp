// zh: 叫醒另一个线程要多久，人人都睡着时要花多少 CPU。
// en: How long it takes to wake another thread, and how much CPU it costs while everybody sleeps.
#include <algorithm>
#include <ctime>
#include <vector>

#include "bench.hpp"
#include "newproc/newproc.hpp"

namespace bench {
namespace {

std::atomic<std::int64_t> arrived{0};

// zh: 主 goroutine 原地等，不让出自己的 P，所以新 goroutine 只能由另一个线程来跑。
// en: Main waits on the spot and keeps its P, so only another thread can run the new goroutine.
std::int64_t wake() {
  arrived.store(0);
  const std::int64_t start = now();
  newproc::go([] { arrived.store(now()); });
  while (arrived.load() == 0) {
  }
  return arrived.load() - start;
}

void spin_until(std::int64_t when) {
  while (now() < when) {
  }
}

double median(std::vector<std::int64_t>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return static_cast<double>(*middle);
}

}  // namespace

result wake_idle(std::int64_t times) {
  std::vector<std::int64_t> took;
  for (std::int64_t i = 0; i <= times; ++i) {
    spin_until(now() + 1'500'000);  // zh: 它早已睡下 en: by then it has long been asleep
    const std::int64_t ns = wake();
    if (i > 0) took.push_back(ns);  // zh: 第一次要建线程 en: the first one makes the thread
  }
  return {.ns = median(took)};
}

result wake_active(std::int64_t times) {
  std::vector<std::int64_t> took;
  wake();
  for (std::int64_t i = 0; i < times; ++i) {
    spin_until(arrived.load() + 5'000 * (1 + i % 4));
    took.push_back(wake());
  }
  return {.ns = median(took)};
}

result idle_cpu(std::int64_t milliseconds) {
  constexpr int sleepers = 100;
  const std::chrono::milliseconds pause(milliseconds);
  for (int i = 0; i < 10; ++i) run_batch(1000);
  std::atomic<int> asleep{0};
  for (int i = 0; i < sleepers; ++i)
    newproc::go([&asleep, pause] {
      asleep.fetch_add(1);
      newproc::sleep(2 * pause);
    });
  while (asleep.load() != sleepers) newproc::yield();
  const std::clock_t cpu = std::clock();
  const std::int64_t start = now();
  newproc::sleep(pause);
  const double wall_seconds = static_cast<double>(now() - start) / 1e9;
  const double cpu_seconds = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
  return {.percent = 100 * cpu_seconds / wall_seconds};
}

}  // namespace bench
