// zh: 没有人来抢的时候：样样都在。 en: When nobody comes to snatch it: all is there.
#include <unistd.h>

#include "death.hpp"
#include "exercise.hpp"
#include "model/current.hpp"
#include "model/gmp.hpp"
#include "newproc/newproc.hpp"
#include "support.hpp"

namespace newproc::exercise {
namespace {

struct immovable {
  immovable() = default;
  immovable(const immovable&) { throw 1; }
  void operator()() const {}
};

TEST_CASE("a full queue overflows into the global one") {
  const test::ending e = test::in_child([] {
    constexpr unsigned patience = 5;  // zh: 秒；只为错答案而设 en: seconds, for wrong answers only
    ::alarm(patience);
    int ran = 0;
    run({.procs = 1}, [&ran] {
      for (int i = 0; i < 1000; ++i) go([&ran] { ++ran; });
      test::until_alone();
    });
    return ran == 1000 ? 0 : 1;
  });
  must(e.exit_code == 0,
       {"本地队列满了，go 没有回来，或丢了 goroutine：runqput 自己要拿 sched.lock",
        "the local queue was full, and go did not come back, or goroutines were lost: runqput "
        "takes sched.lock itself"});
}

TEST_CASE("alone, go works") {
  run({.procs = 1}, [] {
    std::int64_t number = 0, parent = 0;
    int ran = 0;
    for (int i = 0; i < 100; ++i)
      go([&] {
        ++ran;
        number = goid();
        parent = rt::getg()->parentGoid;
      });
    test::until_alone();
    must(ran == 100, words{"造了 100 个 goroutine，跑过的有 ",
                           "100 goroutines were made, and those that ran are "} +
                         ran);
    must(number > 1 && parent == 1,
         {"新的 goroutine 的编号或父亲不对", "a new goroutine's number or parent is wrong"});
    bool thrown = false;
    try {
      go(immovable{});
    } catch (int) {
      thrown = true;
    }
    must(thrown && num_goroutine() == 1,
         {"移动参数抛出了异常，该原样传出，什么也不留下",
          "the move of an argument threw: that must come through, and leave nothing behind"});
  });
}

}  // namespace
}  // namespace newproc::exercise
