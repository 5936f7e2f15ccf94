// zh: G 的一生又一生：死了，埋了，被取走，重新填写。埋下之后就可能是别人的，所以死者不许再碰它；重生的不
//     许还带着前世的东西。检查器里一个 P 攒到四个死去的就往外搬。
// en: The lives of a G: it dies, is buried, is taken and filled in anew. Once buried it may be
//     another's, so the one that died must not touch it again. A reborn G must carry nothing of
//     its former life. In the checker a P with four dead Gs moves some out.
#include <stdexcept>

#include "model/current.hpp"
#include "verdicts.hpp"
#include "whole.hpp"

namespace newproc::checker {
namespace {

// zh: 0 号在另一个 P 上等着，直到有死去的 G 搬到了全局表；它取来一个，做成 1 号。
// en: Number 0 waits on the other P until dead Gs have moved to the global list; it takes one and
//     makes number 1 of it.
void heir_on_the_other_p() {
  newproc::go([] {
    here->sign(0);
    while (rt::sched.gFree.n.load(order::relaxed) == 0) os::spin_pause();
    static int label;
    rt::getg()->labels = &label;
    newproc::go([] {
      expect(static_cast<void*>(rt::getg()->labels) == &label, "broken invariant",
             "死者改了后来人的标签 / the dead one changed the label of its successor");
      here->sign(1);
    });
  });
  while (!here->has_run(0)) os::spin_pause();
}

// zh: main 在自己的 P 上造 @p n 个，都跑 @p life；它们死在那里，攒够四个就搬走。搬家的那一刻死的是谁、接着
//     轮到谁，看个数，也看节拍：每隔几拍先轮到全局队列上的 main。
// en: On its P main makes n of them that run `life`; they die there, and move out when there are
//     four. Who dies in that moment, and whose turn is next, depends on their number and on the
//     tick: every few ticks it is main's, on the global queue.
void dead_gs_move(const char* title, void (*life)()) {
  for (int n = rt::gfree_high; n < rt::gfree_high + 3; ++n)
    for (std::uint32_t tick = 0; tick < rt::global_tick; ++tick)
      must_survive(whole(
                       title, 2,
                       [=] {
                         heir_on_the_other_p();
                         rt::P* p = rt::getg()->m->p;
                         p->schedtick = tick;
                         for (int i = 0; i < n; ++i) newproc::go(life);
                         while (!here->has_run(1)) newproc::yield();
                       },
                       2),
                   {.surprises = 2, .prove = false, .executions = 4'000, .by_priority = 500});
}

// zh: 一个接一个，后一个接过前一个的栈。 en: One after another, the next takes over the stack.
TEST_CASE("lives: dead Gs move to another P, each having handed on its stack") {
  dead_gs_move("handed on their stacks", [] {});
}

// zh: 每个都停在半路过：死的时候，接着轮到的已有自己的栈，或者一个也没有。
// en: Each has stopped midway: when it dies the next one has a stack of its own, or there is none.
TEST_CASE("lives: dead Gs move to another P, each having given back its stack") {
  dead_gs_move("gave back their stacks", [] { newproc::yield(); });
}

// zh: 移动构造让出，醒来时也许在另一个 P 上，然后抛出：没造成的 G 归现在的 P。大的那个已经有了栈。
// en: A move constructor yields, perhaps wakes on another P, and throws: the G that was not made
//     goes to the P of now. The large one has a stack already.
template <std::size_t size>
struct yields_then_throws {
  std::array<char, size> bytes{};
  yields_then_throws() = default;
  yields_then_throws(yields_then_throws&&) {
    newproc::yield();
    throw std::runtime_error("moved");
  }
  void operator()() const {}
};

template <std::size_t size>
void fail_to_go() {
  bool caught = false;
  try {
    newproc::go(yields_then_throws<size>{});
  } catch (const std::runtime_error&) {
    caught = true;
  }
  expect(caught, "broken invariant", "异常没有传出来 / the exception did not come through");
}

TEST_CASE("lives: a move that yields and throws gives its G back to the P it is on then") {
  const auto two_that_fail = [](void (*fail)()) {
    return [fail] {
      newproc::go([fail] {
        fail();
        here->sign(0);
      });
      fail();
      newproc::go([] { here->sign(1); });
      while (!here->has_run(0) || !here->has_run(1)) newproc::yield();
    };
  };
  must_survive(whole("move throws", 2, two_that_fail(fail_to_go<1>), 2));
  must_survive(whole("move throws, with a stack", 2, two_that_fail(fail_to_go<256>), 2));
}

// zh: 前世在展开栈的半路、在 catch 里各停过一次，现场存在 G 里；后来把栈交给了别人，没有再存过。
// en: Its former life stopped once amid the unwinding of its stack and once inside a catch block,
//     and that state was saved in the G; later it handed its stack on and saved nothing more.
struct yields_when_destroyed {
  ~yields_when_destroyed() { newproc::yield(); }
};

void stop_with_exceptions() {
  try {
    const yields_when_destroyed leaving;
    throw std::runtime_error("thrown");
  } catch (const std::runtime_error&) {
    newproc::yield();
  }
}

void must_be_clean() {
  expect(std::uncaught_exceptions() == 0 && std::current_exception() == nullptr, "broken invariant",
         "生来就带着别人的异常 / born with another's exceptions");
}

TEST_CASE("lives: a G that is used again knows nothing of its former life's exceptions") {
  for (const int procs : {1, 2})
    must_survive(whole(
        "exceptions of a former life", procs,
        [] {
          for (int i = 0; i < 2; ++i)
            newproc::go([] {
              stop_with_exceptions();
              newproc::go(must_be_clean);
            });
          while (newproc::num_goroutine() > 1) newproc::yield();
          for (int i = 0; i < 4; ++i)
            newproc::go([] {
              must_be_clean();
              newproc::yield();
              must_be_clean();
            });
          while (newproc::num_goroutine() > 1) newproc::yield();
        },
        0));
}

TEST_CASE("lives: a G whose owner exited bound to its thread is used again unbound") {
  for (const int procs : {1, 2})
    must_survive(whole(
        "exited bound, used again", procs,
        [] {
          newproc::go([] { newproc::lock_os_thread(); });
          while (newproc::num_goroutine() > 1) newproc::yield();
          for (int i = 0; i < 2; ++i)
            newproc::go([i] {
              expect(static_cast<rt::M*>(rt::getg()->lockedm) == nullptr, "broken invariant",
                     "生来就绑着一个线程 / born bound to a thread");
              newproc::yield();
              here->sign(i);
            });
          while (newproc::num_goroutine() > 1) newproc::yield();
        },
        2));
}

}  // namespace
}  // namespace newproc::checker
