// zh: 检查点 4：线程会睡，也会被叫醒。
// en: Checkpoint 4: threads sleep, and are woken.
#include <atomic>
#include <chrono>

#include "newproc/newproc.hpp"
#include "report.hpp"

namespace {

using namespace std::chrono_literals;
using newproc::chapters::say;

// [own]
// zh: 绑住一个线程的 goroutine 跟别人交替干活：它的 M 睡着等它，别的 M 替别人跑。
// en: A goroutine bound to its thread takes turns with others: its M sleeps until it can run, other
//     Ms run the rest.
void own() {
  std::atomic<int> turns{0};
  std::atomic<bool> done{false};
  newproc::go([&] {
    newproc::lock_os_thread();
    for (int i = 0; i < 100; ++i) {
      turns.fetch_add(1, std::memory_order_relaxed);
      newproc::sleep(100us);
    }
    newproc::unlock_os_thread();
    done.store(true, std::memory_order_release);
  });
  while (!done.load(std::memory_order_acquire)) newproc::sleep(1ms);
  say("  绑着线程的 goroutine 睡了又醒一百次，始终在同一个线程上\n",
      "  a goroutine bound to its thread slept and woke a hundred times on that one thread\n");
}
// [own]

}  // namespace

int main(int argc, char** argv) {
  return newproc::chapters::checkpoint_main(argc, argv, {4, "ch4_machine", own});
}
