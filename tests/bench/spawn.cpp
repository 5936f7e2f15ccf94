// zh: 创建与让出：spawn、yield、tree、parked。
// en: Creating and yielding: spawn, yield, tree, parked.
#include <unistd.h>
#include <fstream>

#include "bench.hpp"
#include "newproc/newproc.hpp"

namespace bench {
namespace {

constexpr std::int64_t batch_size = 1000;

std::atomic<std::int64_t> done{0};

double per(std::int64_t ns, std::int64_t count) {
  return static_cast<double>(ns) / static_cast<double>(count);
}

void node(std::int64_t depth) {
  if (depth == 0) {
    done.fetch_add(1);
    return;
  }
  newproc::go(node, depth - 1);
  newproc::go(node, depth - 1);
}

std::int64_t resident_bytes() {
  std::int64_t size = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> size >> resident;
  return resident * ::sysconf(_SC_PAGESIZE);
}

}  // namespace

void run_batch(std::int64_t size) {
  const std::int64_t target = done.load() + size;
  for (std::int64_t i = 0; i < size; ++i) newproc::go([] { done.fetch_add(1); });
  while (done.load() != target) newproc::yield();
}

result spawn(std::int64_t batches) {
  for (int i = 0; i < 20; ++i)
    run_batch(batch_size);  // zh: 栈和线程先就位 en: stacks and threads first
  const std::int64_t start = now();
  for (std::int64_t i = 0; i < batches; ++i) run_batch(batch_size);
  return {.ns = per(now() - start, batches * batch_size)};
}

result yield(std::int64_t times) {
  std::atomic<bool> begun{false}, ended{false};
  newproc::go([&, times] {
    begun.store(true);
    for (std::int64_t i = 0; i < times; ++i) newproc::yield();
    ended.store(true);
  });
  while (!begun.load()) newproc::yield();
  const std::int64_t start = now();
  for (std::int64_t i = 0; i < times; ++i) newproc::yield();
  while (!ended.load()) newproc::yield();
  return {.ns = per(now() - start, 2 * times)};
}

result tree(std::int64_t depth) {
  const std::int64_t leaves = std::int64_t{1} << depth;
  const std::int64_t start = now();
  newproc::go(node, depth);
  while (done.load() != leaves) newproc::yield();
  return {.ns = per(now() - start, 2 * leaves - 1)};
}

// zh: Go 会抢占跑了 10 毫秒的主 goroutine，让新来的先跑。跑过的继续留着（内存照算），
//     但有人插进来的那一块不计时。newproc 里从来没有人插进来。
// en: Go preempts a main goroutine that has run for 10 ms and lets the new ones run. Those that
//     have run stay (their memory counts), but a block into which they broke is not timed. In
//     newproc nobody ever breaks in.
result parked(std::int64_t blocks) {
  constexpr std::int64_t block_size = 100;
  static std::atomic<std::int64_t> runs{0};
  std::int64_t timed = 0, ns = 0;
  const std::int64_t before = resident_bytes();
  for (std::int64_t block = 0; block < blocks; ++block) {
    const std::int64_t runs_before = runs.load(), start = now();
    for (std::int64_t i = 0; i < block_size; ++i)
      newproc::go([] {
        for (;;) {
          runs.fetch_add(1);
          newproc::yield();
        }
      });
    if (runs.load() != runs_before) continue;
    ns += now() - start;
    timed += block_size;
  }
  result measured{.bytes = per(resident_bytes() - before, blocks * block_size)};
  if (timed > 0) measured.ns = per(ns, timed);
  return measured;
}

}  // namespace bench
