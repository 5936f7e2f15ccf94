// zh: 检查点 3：每个 P 有自己的队列，闲着的去偷。
// en: Checkpoint 3: each P has its own queue, and idle ones steal.
#include <atomic>
#include <string>

#include "newproc/newproc.hpp"
#include "report.hpp"

namespace {

using newproc::chapters::say;

// [own]
void tree(std::atomic<int>& leaves, int depth) {
  if (depth == 0) {
    leaves.fetch_add(1, std::memory_order_release);
    return;
  }
  for (int i = 0; i < 2; ++i) newproc::go([&leaves, depth] { tree(leaves, depth - 1); });
}

// zh: 一棵十七层的树，全从一个 P 长出来；别的 P 靠偷，和从全局队列里取。
// en: A tree of seventeen levels that grows from one P; the others live by stealing and by what
//     overflows to the global queue.
void own() {
  constexpr int depth = 17;
  std::atomic<int> leaves{0};
  newproc::go([&leaves] { tree(leaves, depth); });
  while (leaves.load(std::memory_order_acquire) != 1 << depth) newproc::yield();
  const std::string n = std::to_string(1 << depth);
  say("  一棵树，" + n + " 片叶子\n", "  a tree of " + n + " leaves\n");
}
// [own]

}  // namespace

int main(int argc, char** argv) {
  return newproc::chapters::checkpoint_main(argc, argv, {3, "ch3_runqueue", own});
}
