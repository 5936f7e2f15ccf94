// zh: 检查点 5：文档的调度器，完整的。
// en: Checkpoint 5: the document's scheduler, whole.
#include <atomic>
#include <chrono>
#include <string>

#include "newproc/newproc.hpp"
#include "report.hpp"

namespace {

using namespace std::chrono_literals;
using newproc::chapters::say;

// [own]
// zh: 一百万个 goroutine，一千个一批，每批之后人人都可以睡下。
// en: A million goroutines, a thousand at a time; after each batch everyone may go to sleep.
void own() {
  constexpr int batches = 1000, batch = 1000;
  std::atomic<int> ran{0};
  for (int b = 1; b <= batches; ++b) {
    for (int i = 0; i < batch; ++i)
      newproc::go([&ran] { ran.fetch_add(1, std::memory_order_release); });
    while (ran.load(std::memory_order_acquire) < b * batch) newproc::yield();
  }
  const std::string n = std::to_string(ran.load(std::memory_order_relaxed));
  say("  " + n + " 个 goroutine\n", "  " + n + " goroutines\n");
}
// [own]

}  // namespace

int main(int argc, char** argv) {
  return newproc::chapters::checkpoint_main(argc, argv, {5, "ch5_spinning", own});
}
