// zh: 检查点 2：G 用完不扔。
// en: Checkpoint 2: Gs are used again.
#include <string>

#include "model/gmp.hpp"
#include "newproc/newproc.hpp"
#include "report.hpp"

namespace {

using newproc::chapters::say;

// [own]
// zh: 十万个 goroutine，一百个一批；看真正造了多少个 G。
// en: A hundred thousand goroutines, a hundred at a time; see how many Gs were really made.
void own() {
  constexpr int batches = 1000, batch = 100;
  int ran = 0;
  for (int b = 1; b <= batches; ++b) {
    for (int i = 0; i < batch; ++i) newproc::go([&ran] { ++ran; });
    while (ran < b * batch) newproc::yield();
  }
  std::size_t made = 0;
  {
    const newproc::os::lock_guard hold(newproc::rt::sched.allglock);
    made = newproc::rt::sched.allgs.size();
  }
  const std::string n = std::to_string(ran), gs = std::to_string(made);
  say("  " + n + " 个 goroutine 用了 " + gs + " 个 G\n",
      "  " + n + " goroutines ran on " + gs + " Gs\n");
}
// [own]

}  // namespace

int main(int argc, char** argv) {
  return newproc::chapters::checkpoint_main(argc, argv, {2, "ch2_goroutine", own});
}
