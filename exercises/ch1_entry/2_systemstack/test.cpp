// zh: 去 g0 上跑一个函数，再回来。会崩溃的错法都在子进程里试。
// en: Run a function on g0 and come back. What crashes when wrong is tried in a child process.
#include <unistd.h>

#include "ch1_entry/entry.hpp"
#include "ch1_entry/which_stack.hpp"
#include "death.hpp"
#include "exercise.hpp"
#include "newproc/newproc.hpp"

namespace newproc::exercise {
namespace {

using rt::G;
using test::here;
using test::on_g0;
using test::on_stack_of;

constexpr int came_back = 7;
constexpr unsigned patience = 10;  // zh: 秒；只为错答案而设 en: seconds, for wrong answers only

// zh: @p body 在子进程里作为主 goroutine 来跑。 en: Runs @p body as a child's main goroutine.
int in_a_child(void (*body)()) {
  return test::in_child([body] {
           ::alarm(patience);
           run({.procs = 1}, body);
         })
      .exit_code;
}

TEST_CASE("off the runtime's threads it is a plain call") {
  const auto outside = [] {
    bool called = false;
    rt::systemstack([&called] { called = true; });
    return called ? 0 : 1;
  };
  must(test::in_child(outside).exit_code == 0,
       {"在运行时之外的线程上（getg() 是空指针），systemstack 只该是普通的调用",
        "outside the runtime's threads (where getg() is null) systemstack must be a plain call"});
}

TEST_CASE("on g0 it is a plain call") {
  // zh: run 造主 goroutine 的时候就在 g0 上用它。 en: run uses it on g0 to make the main goroutine.
  must(in_a_child([] { ::_exit(came_back); }) == came_back,
       {"已经在 g0 上时调用 systemstack，你却又要换到 g0 去",
        "called on g0, your systemstack changes to g0 all the same"});
}

TEST_CASE("the goroutine goes on behind the call") {
  const int code = in_a_child([] {
    rt::systemstack([] {});
    ::_exit(came_back);
  });
  must(code == came_back, {"fn 跑完了，goroutine 却没有从 systemstack 之后继续",
                           "fn is done, but the goroutine never went on behind systemstack"});
}

TEST_CASE("it can be called again and again") {
  const int code = in_a_child([] {
    // zh: g0 正在跑，它上次停在哪里已没有意义。 en: g0 runs: where it last stopped means nothing now.
    for (int i = 0; i < 3; ++i) rt::systemstack([] { rt::getg()->sched.sp = nullptr; });
    ::_exit(came_back);
  });
  must(code == came_back, {"第二次 systemstack 没有回来：第一次回来时，没有人记下 g0 这回停在哪里",
                           "the second systemstack did not come back: on coming back from the "
                           "first, nobody noted where "
                           "g0 stands now"});
}

TEST_CASE("the function runs on g0's stack and the goroutine on its own") {
  run({.procs = 1}, [] {
    G* g = rt::getg();
    const std::byte* before = here();
    const std::byte* there = nullptr;
    bool g0 = false;
    int argument = 1;
    rt::systemstack([&] {
      there = here();
      g0 = on_g0();
      argument += 41;
    });
    must(there != nullptr && argument == 42,
         {"fn(arg) 没有被调用，或拿到的 arg 不对", "fn(arg) was not called, or not with arg"});
    must(!on_stack_of(g, there), {"fn 跑在 goroutine 自己的栈上，而不是 g0 的栈上",
                                  "fn ran on the goroutine's own stack and not on g0's"});
    must(g0, {"fn 跑的时候，getg() 该是 g0", "while fn runs getg() must be g0"});
    must(rt::getg() == g && here() == before,
         {"回来之后，不在原来的 goroutine 上", "after coming back it is another goroutine"});
    must(
        g->status() == rt::Grunning && g->m->curg == g,
        {"这一来一回不经过调度器：goroutine 一直是 Grunning，一直是 m->curg",
         "the detour does not go through the scheduler: the goroutine stays Grunning and m->curg"});
  });
}

TEST_CASE("nested calls stay on g0, and g0 does not grow") {
  run({.procs = 1}, [] {
    const std::byte* first = nullptr;
    bool same = true, nested = true;
    for (int i = 0; i < 10'000; ++i)
      rt::systemstack([&] {
        if (first == nullptr) first = here();
        same = same && here() == first;
        const std::byte* inner = nullptr;
        rt::systemstack([&inner] { inner = here(); });
        nested = nested && inner < first && first - inner < 4096;
      });
    must(nested, {"在 g0 上嵌套的 systemstack 离开了 g0 的栈",
                  "a systemstack nested on g0 left g0's stack"});
    must(same, {"每绕一次道，g0 的栈就深一截", "g0's stack grows with each detour"});
  });
}

}  // namespace
}  // namespace newproc::exercise
