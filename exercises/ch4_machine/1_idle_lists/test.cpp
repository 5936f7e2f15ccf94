// zh: 两张表都在锁下，所以一个线程就够考它们。
// en: Both lists live under the lock, so one thread is enough to examine them.
#include <memory>

#include "ch3_runqueue/runqueue.hpp"
#include "ch4_machine/inside.hpp"
#include "ch4_machine/machine.hpp"
#include "death.hpp"
#include "exercise.hpp"

namespace newproc::exercise {
namespace {

using rt::M;
using rt::P;
using rt::sched;

class workbench {
 public:
  workbench() {
    rt::schedreset();
    const rt::sched_lock_guard hold(sched.lock);
    sched.mnext = 100;  // zh: 好像有许多 M，checkdead 不必担心 en: as if there were many Ms
  }
  std::unique_ptr<P[]> ps = std::make_unique<P[]>(3);
  std::unique_ptr<M[]> ms = std::make_unique<M[]>(3);
};

TEST_CASE("idle Ps: the last to come is the first to go") {
  workbench w;
  const rt::sched_lock_guard hold(sched.lock);
  rt::pidleput(&w.ps[0]);
  must(rt::pidleget() == &w.ps[0],
       {"刚把一个 P 放进空闲表，你的 pidleget 却返回空指针",
        "a P was put on the idle list, and your pidleget returns null"});
  for (std::size_t i = 0; i < 3; ++i) rt::pidleput(&w.ps[i]);
  for (std::size_t i = 3; i-- > 0;)
    must(rt::pidleget() == &w.ps[i],
         {"三个 P 依次放进去，取出来的次序不是后进先出",
          "three Ps were put, and they do not come back last in, first out"});
  must(rt::pidleget() == nullptr, {"空闲 P 的表是空的，你的 pidleget 却返回了一个 P",
                                   "the list of Ps is empty, and your pidleget returns a P"});
}

TEST_CASE("idle Ps are counted") {
  workbench w;
  const rt::sched_lock_guard hold(sched.lock);
  for (int i = 0; i < 3; ++i) {
    rt::pidleput(&w.ps[static_cast<std::size_t>(i)]);
    must(sched.npidle.load() == i + 1,
         words{"放进去的 P 数，和 npidle，是 ", "Ps put, and npidle: "} + (i + 1) +
             words{" 和 ", " and "} + sched.npidle.load());
  }
  for (int i = 3; i-- > 0;) {
    rt::pidleget();
    must(sched.npidle.load() == i,
         words{"表里还剩的 P 数，和 npidle，是 ", "Ps left on the list, and npidle: "} + i +
             words{" 和 ", " and "} + sched.npidle.load());
  }
  rt::pidleget();
  must(sched.npidle.load() == 0,
       words{"从空表上什么也没取到，npidle 却成了 ",
             "nothing was taken from the empty list, and yet npidle is "} +
           sched.npidle.load());
}

TEST_CASE("a P that has work is refused") {
  workbench w;
  const test::ending e = test::in_child([&w] {
    const auto g = std::make_unique<rt::G>();
    P* p = &w.ps[0];
    p->owner.held();
    rt::runqput(p, g.get(), false);
    const rt::sched_lock_guard hold(sched.lock);
    rt::pidleput(p);
  });
  must(e.exit_code == 2 && e.error == "fatal error: pidleput: P has non-empty run queue\n",
       {"一个还有活的 P 进了空闲表，你的 pidleput 没有拦住它",
        "a P with work went on the idle list, and your pidleput did not refuse it"});
}

TEST_CASE("idle Ms: the last to come is the first to go, and they are counted") {
  workbench w;
  const rt::sched_lock_guard hold(sched.lock);
  for (int i = 0; i < 3; ++i) {
    rt::mput(&w.ms[static_cast<std::size_t>(i)]);
    must(sched.nmidle == i + 1, words{"放进去的 M 数，和 nmidle，是 ", "Ms put, and nmidle: "} +
                                    (i + 1) + words{" 和 ", " and "} +
                                    static_cast<int>(sched.nmidle));
  }
  for (std::size_t i = 3; i-- > 0;) {
    must(rt::mget() == &w.ms[i],
         {"三个 M 依次放进去，取出来的次序不是后进先出",
          "three Ms were put, and they do not come back last in, first out"});
    must(sched.nmidle == static_cast<int>(i),
         words{"表里还剩的 M 数，和 nmidle，是 ", "Ms left on the list, and nmidle: "} + i +
             words{" 和 ", " and "} + static_cast<int>(sched.nmidle));
  }
  must(rt::mget() == nullptr, {"空闲 M 的表是空的，你的 mget 却返回了一个 M",
                               "the list of Ms is empty, and your mget returns an M"});
  must(sched.nmidle == 0, words{"从空表上什么也没取到，nmidle 却成了 ",
                                "nothing was taken from the empty list, and yet nmidle is "} +
                              static_cast<int>(sched.nmidle));
}

// zh: 一共有 @p all 个 M，其中一个躺下，没有一个 goroutine。
// en: There are that many Ms in all, one lies down, and there is no goroutine.
test::ending lie_down(int all) {
  return test::in_child([all] {
    rt::schedreset();
    const auto m = std::make_unique<M>();
    const rt::sched_lock_guard hold(sched.lock);
    sched.mnext = all;
    rt::mput(m.get());
  });
}

TEST_CASE("when the last M lies down, it is noticed") {
  constexpr auto dead = "fatal error: no goroutines (main called runtime.Goexit) - deadlock!\n";
  if (lie_down(1).error == dead) {
    must(lie_down(2).exit_code == 0,
         {"两个 M 里只有一个躺下，你的 mput 就说程序死了",
          "of two Ms only one lay down, and with your mput the program counts as dead"});
    return;
  }
  // zh: 一个 M 也没有的世界：先问后计数的，在这里会说“死了”。
  // en: A world with no M at all: who asks before counting says "dead" here.
  if (lie_down(0).error == dead)
    must(false,
         {"你的 mput 先问 checkdead，后给 m 计数，所以它看不出这是最后一个",
          "your mput asks checkdead before m is counted, so it can't tell that m is the last"});
  else
    must(false, {"最后一个 M 躺下了，你的 mput 没有问 checkdead",
                 "the last M lay down, and your mput did not ask checkdead"});
}

}  // namespace
}  // namespace newproc::exercise
