// zh: 检查点 1：go 语句进了门，栈能换来换去。
// en: Checkpoint 1: the go statement has come in, and stacks can be switched.
#include <string>

#include "newproc/newproc.hpp"
#include "report.hpp"

namespace {

using newproc::chapters::say;

// [own]
// zh: 三个 goroutine 轮流说话：每次 yield 都换走一个栈，再换回来时局部变量都还在。
// en: Three goroutines take turns: each yield switches a stack away, and when it is back its locals
//     are still there.
void own() {
  int left = 3;
  for (const char* name : {"A", "B", "C"})
    newproc::go(
        [&left](const std::string& who) {
          for (int step = 1; step <= 3; ++step) {
            const std::string text = "  " + who + std::to_string(step);
            say(text, text);
            newproc::yield();
          }
          --left;
        },
        std::string(name));
  while (left != 0) newproc::yield();
  say("\n  三个栈轮流，一个线程\n", "\n  three stacks take turns on one thread\n");
}
// [own]

}  // namespace

int main(int argc, char** argv) {
  return newproc::chapters::checkpoint_main(argc, argv, {1, "ch1_entry", own});
}
