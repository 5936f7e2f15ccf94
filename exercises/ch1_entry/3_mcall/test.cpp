// zh: mcall 和 gogo。错了就会崩溃或停住的，都在子进程里试；退出码说出走到了哪一步。
// en: mcall and gogo. What crashes or hangs when wrong is tried in child processes; the exit code
//     tells how far it got.
#include <unistd.h>

#include <cstring>

#include "ch1_entry/elsewhere.hpp"
#include "ch1_entry/entry.hpp"
#include "ch1_entry/switch.hpp"
#include "ch1_entry/which_stack.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "death.hpp"
#include "exercise.hpp"
#include "newproc/newproc.hpp"

namespace newproc::exercise {
namespace {

using rt::G;
using rt::getg;
using rt::sched;
using test::here;
using test::on_g0;
using test::on_stack_of;

constexpr unsigned patience = 10;  // zh: 秒；只为错答案而设 en: seconds, for wrong answers only
constexpr int good = 7, first_bad = 11;

void fail_unless(bool holds, int code) {
  if (!holds) ::_exit(code);
}

// zh: @p body 在子进程里作为主 goroutine 来跑。 en: Runs @p body as a child's main goroutine.
test::ending as_main(int procs, void (*body)()) {
  return test::in_child([procs, body] {
    ::alarm(patience);
    run({.procs = procs}, body);
  });
}

// zh: @p g 排到全局队列的末尾。 en: @p g goes to the end of the global queue.
void requeue(G* g) {
  rt::casgstatus(g, rt::Grunning, rt::Grunnable);
  rt::dropg();
  const rt::sched_lock_guard hold(sched.lock);
  rt::globrunqput(g);
}

TEST_CASE("gogo runs the goroutine") {
  must(as_main(1, [] { ::_exit(good); }).exit_code == good,
       {"调度器调用了 gogo(g)，g 却没有跑过", "gogo(g) was called, and g has not run"});
}

// zh: 主 goroutine 结束时也用 mcall；它的 fn 让 run 返回。
// en: The main goroutine's end uses mcall too; its fn makes run return.
TEST_CASE("mcall leaves and its function runs on g0") {
  const test::ending e = as_main(1, [] {
    // zh: g 正在跑，它上次停在哪里已没有意义。 en: g runs: where it last stopped means nothing now.
    getg()->sched.sp = nullptr;
    rt::mcall([](G* g) {
      fail_unless(on_g0() && !on_stack_of(g, here()), first_bad);
      fail_unless(on_stack_of(g, g->sched.sp), first_bad + 1);
      ::_exit(good);
    });
    ::_exit(first_bad + 2);
  });
  must(e.exit_code != first_bad && e.exit_code != first_bad + 2,
       {"fn 该在 g0 上跑；你的 mcall 还站在 g 的栈上",
        "fn must run on g0; your mcall still stands on g's stack"});
  must(e.exit_code != first_bad + 1,
       {"fn 开始跑的时候，g->sched.sp 还没有写下：fn 一公布 g，别的线程就会从错的地方恢复它",
        "when fn began g->sched.sp was not written yet: as soon as fn publishes g, another "
        "thread "
        "would resume it at a wrong place"});
  must(e.exit_code == good,
       {"g 用 mcall(fn) 离开了，fn 却没有人跑", "g has left by mcall(fn), and nobody ran fn"});
}

TEST_CASE("gogo returns when the goroutine has left, and run comes to its end") {
  const test::ending e = as_main(1, [] {});
  must(e.exit_code == 0,
       {"g 离开之后 gogo 该返回，好让调度器另选一个；你的没有",
        "when g has left gogo must return so that the scheduler can choose another; "
        "yours does not"});
}

TEST_CASE("who left by mcall goes on when it is resumed") {
  const test::ending e = as_main(1, [] {
    const std::byte* before = here();
    const G* g = getg();
    for (int i = 0; i < 3; ++i) rt::mcall(requeue);
    fail_unless(getg() == g && here() == before, first_bad);
    ::_exit(good);
  });
  must(e.exit_code == good, {"公布过自己的 goroutine 被恢复了，却没有从 mcall 之后继续",
                             "a goroutine that had published itself was resumed, and did not go on "
                             "behind mcall"});
}

// zh: g0 的栈上此刻的位置，从 goroutine 里问。 en: Where g0's stack stands now, asked from a goroutine.
const std::byte* on_g0_here() {
  const std::byte* place = nullptr;
  rt::systemstack([&place] { place = here(); });
  return place;
}

TEST_CASE("gogo serves systemstack: it runs the call and resumes the caller") {
  const test::ending e = as_main(1, [] {
    int calls = 0;
    for (int i = 0; i < 3; ++i) rt::systemstack([&calls] { ++calls; });
    fail_unless(calls == 3, first_bad);
    ::_exit(good);
  });
  must(e.exit_code == good,
       {"条子上写着 call 的是 systemstack：gogo 该跑 call(arg)，再恢复写条子的人；你的没有",
        "a note with a call is systemstack's: gogo must run call(arg) and resume who wrote it; "
        "yours "
        "does not"});
}

TEST_CASE("g0's stack does not grow with each systemstack") {
  const test::ending e = as_main(1, [] {
    on_g0_here();
    const std::byte* early = on_g0_here();
    for (int i = 0; i < 1000; ++i) on_g0_here();
    const std::ptrdiff_t grown = early - on_g0_here();
    fail_unless(grown < 1000 * 16, first_bad);  // zh: 一帧至少这么大 en: no frame is smaller
    ::_exit(good);
  });
  must(
      e.exit_code == good,
      {"一个 goroutine 可以调用 systemstack 任意多次才离开；你的 gogo 每恢复它一次，g0 "
       "的栈就深一层，"
       "总有一天用完",
       "a goroutine may call systemstack any number of times before it leaves; with each time that "
       "your gogo resumes it g0's stack grows, and some day it runs out"});
}

// zh: 有人不经 g0，直接换到停在 mcall 里的 goroutine：那时落地的是 mcall。
// en: One changes straight to a goroutine that stopped in mcall, without g0: there it is mcall
//     that lands.
G* parked = nullptr;
void park(G* g) {
  rt::casgstatus(g, rt::Grunning, rt::Gwaiting);
  rt::dropg();
  parked = g;
}
bool finished = false, saved = false;

void after_it_left(G* from) {
  finished = true;
  saved = on_stack_of(from, from->sched.sp);
  rt::M* m = getg()->m;
  rt::P* p = m->p;
  p->owner.held();
  rt::runqput(p, from, false);
}

// zh: 从当前的 goroutine 直接换到停着的那个。
// en: Changes straight from the current goroutine to the parked one.
void change_to_the_parked_one() {
  G* me = getg();
  rt::M* m = me->m;
  rt::casgstatus(me, rt::Grunning, rt::Grunnable);
  rt::dropg();
  rt::casgstatus(parked, rt::Gwaiting, rt::Grunnable);
  rt::linkg(m, parked);
  me->sched.sp = nullptr;
  rt::gogo_direct(me, parked, after_it_left);
}

TEST_CASE("mcall lands: it does the last thing of the one that changes straight to it") {
  const test::ending e = as_main(1, [] {
    go(change_to_the_parked_one);
    rt::mcall(park);
    fail_unless(finished, first_bad);
    fail_unless(saved, first_bad + 1);
    yield();
    ::_exit(good);
  });
  must(e.exit_code != first_bad,
       {"有人直接换到了停在 mcall 里的 goroutine，他的条子没有人读：mcall 返回之前也要落地",
        "somebody changed straight to a goroutine that had stopped in mcall, and nobody read "
        "his "
        "note: mcall must land too before it returns"});
  must(e.exit_code == good,
       {"mcall 落地时，要先记下离开的人停在哪里，再做他条子上的事",
        "when mcall lands it must note where the leaver stopped, and then do what its note says"});
}

// zh: gogo 跳进的是 a，回来的是 b：a 已直接换到了 b。
// en: gogo jumped into a, and it is b that comes back: a has changed straight to b.
TEST_CASE("gogo resumes who wrote the note, who need not be whom it jumped to") {
  const test::ending e = as_main(1, [] {
    const G* b = getg();
    go([] {  // a
      change_to_the_parked_one();
      ::_exit(first_bad);
    });
    rt::mcall(park);
    int calls = 0;
    for (int i = 0; i < 3; ++i) {
      rt::systemstack([&calls] { ++calls; });
      fail_unless(getg() == b, first_bad);
    }
    fail_unless(calls == 3, first_bad);
    ::_exit(good);
  });
  must(e.exit_code == good,
       {"gogo 跳进 a，a 直接换到 b，b 调用了 systemstack：该恢复写条子的 b，而不是 a",
        "gogo jumped into a, a changed straight to b, and b called systemstack: it is b, who wrote "
        "the "
        "note, that must be resumed, and not a"});
}

// zh: 由测试来落地，看条子放在哪里。先看 gogo 的：离开的是 g0；再看 mcall 的：我们站在 g0 上跳进去，等它
//     回来。
// en: Here the test lands, and looks where the note is. First gogo's, who leaves g0; then mcall's:
//     we stand on g0, jump in and wait until it comes back.
TEST_CASE("a note lies on its writer's stack") {
  const test::ending e = as_main(1, [] {
    const std::byte* g0_stack = on_g0_here();
    rt::departure d{getg(), requeue, nullptr, nullptr};
    const platform::arrival from_gogo = rt::leave(d, &getg()->m->g0);
    rt::departure mark = *static_cast<rt::departure*>(from_gogo.data);
    mark.from->sched.sp = from_gogo.fctx;
    const std::ptrdiff_t away = g0_stack - static_cast<std::byte*>(from_gogo.data);
    fail_unless(away > -4096 && away < 4096, first_bad);

    go([] {
      for (;;) rt::mcall(park);
    });
    while (parked == nullptr) yield();
    rt::systemstack([] {
      parked->m = getg()->m;
      rt::departure mine{getg(), nullptr, nullptr, nullptr};
      const platform::arrival from_mcall = rt::leave(mine, parked);
      fail_unless(on_stack_of(parked, from_mcall.data), first_bad);
      ::_exit(good);
    });
  });
  must(e.exit_code != first_bad,
       {"条子要躺在离开者自己的栈上：每个 M 都可能同时在离开，放在公用的地方就会互相盖掉",
        "a note must lie on its writer's own stack: all Ms may be leaving at once, and in a place "
        "that "
        "they share they would overwrite each other's"});
  must(e.exit_code == good,
       {"mcall 落地时，来的若是 g0，也要记下它停在哪里：下一次离开，就是去那里",
        "when it is g0 that comes, mcall must note as it lands where g0 stopped: that is where the "
        "next "
        "departure goes"});
}

TEST_CASE("who is resumed by another M belongs to that M") {
  const test::ending e = as_main(2, [] {
    const rt::M* before = getg()->m;
    test::go_elsewhere();
    fail_unless(getg()->m != before && getg()->m->curg == getg(), first_bad);
    ::_exit(good);
  });
  must(e.exit_code != first_bad, {"另一个 M 恢复了 g，g->m 就是那个 M；mcall 之后你还以为是原来的",
                                  "another M resumed g, and g->m is that M; behind mcall you take "
                                  "it to be the old one still"});
}

// zh: fn 公布了 g，g 在别的线程上跑起来，把自己栈上的旧东西都盖掉，fn 才返回。
// en: fn publishes g, g runs on another thread and overwrites all that was on its stack, and only
//     then does fn return.
[[gnu::noinline]] void overwrite_the_stack() {
  volatile unsigned char room[2048];
  for (volatile unsigned char& c : room) c = 1;
}

TEST_CASE("after the publication nobody touches the leaver's stack") {
  const test::ending e = as_main(2, [] {
    for (int i = 0; i < 20; ++i) {
      rt::mcall(test::publish_and_wait);
      overwrite_the_stack();
      test::arrivals.fetch_add(1);
      // zh: 不许让出：只有我们离开的那个线程能跑它，而那个线程得先从 fn 里出来。
      // en: No giving way: only the thread that we left can run it, and must first come out of fn.
      std::atomic<bool> ran{false};
      go([&ran] { ran = true; });
      while (!ran.load()) os::thread_yield();
    }
    ::_exit(good);
  });
  must(e.exit_code == good,
       {"条子躺在离开者的栈上。fn 公布了 g，别的线程已经在那个栈上跑，你还去读条子",
        "the note lies on the leaver's stack. fn has published g, another thread runs on that "
        "stack, "
        "and you still read the note"});
}

TEST_CASE("mcall on g0 is fatal") {
  const test::ending e = as_main(1, [] { rt::systemstack([] { rt::mcall(requeue); }); });
  must(e.exit_code == 2 && e.head(1) == "fatal error: mcall called on g0 stack\n",
       {"在 g0 上调用 mcall 该是致命错误：fatal(\"mcall called on g0 stack\")",
        "mcall on g0 must be fatal: fatal(\"mcall called on g0 stack\")"});
}

TEST_CASE("a thousand goroutines on two Ps") {
  std::atomic<int> wrong{0}, done{0};
  run({.procs = 2}, [&] {
    for (int n = 0; n < 1000; ++n)
      go([n, &wrong, &done] {
        double d = n;
        for (int i = 0; i < 20; ++i) {
          yield();
          d += 1;
        }
        wrong += d != n + 20.0;
        ++done;
      });
    while (done.load() < 1000) yield();
  });
  must(wrong.load() == 0, {"换栈之后，局部变量变了", "locals changed across a switch of stacks"});
}

}  // namespace
}  // namespace newproc::exercise
