// zh: 造出来的世界，每个在自己的进程里问一次 checkdead；然后是整个程序。
// en: Made-up worlds, each asking checkdead once in a process of its own; then whole programs.
#include <signal.h>
#include <unistd.h>

#include <vector>

#include "ch1_entry/entry.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"
#include "ch7_time/time.hpp"
#include "death.hpp"
#include "exercise.hpp"
#include "newproc/newproc.hpp"

namespace newproc::exercise {
namespace {

using rt::sched;
using test::ending;
using test::in_child;

constexpr unsigned patience = 5;  // zh: 秒 en: seconds
constexpr int alive = 0, dead = 2;
constexpr const char* all_asleep = "fatal error: all goroutines are asleep - deadlock!\n";
constexpr const char* main_left =
    "fatal error: no goroutines (main called runtime.Goexit) - deadlock!\n";

struct world {
  std::int64_t ids = 0;  // zh: 发出过几个 M 的编号 en: how many M numbers were given out
  std::int64_t freed = 0;
  int idle = 0, idle_locked = 0, system = 0;
  std::vector<rt::gstatus> gs;
  bool ending = false;
};

ending ask(const world& w) {
  return in_child([&w] {
    ::alarm(patience);
    rt::schedreset();
    rt::timeinit();
    for (const rt::gstatus s : w.gs) {
      rt::G* g = std::make_unique<rt::G>().release();
      g->goid = static_cast<std::int64_t>(sched.allgs.size()) + 1;
      g->atomicstatus.store(s);
      g->waitreason = "chan receive";
      sched.allgs.push_back(g);
    }
    sched.ending.store(w.ending);
    const rt::sched_lock_guard hold(sched.lock);
    sched.mnext = w.ids;
    sched.nmfreed = w.freed;
    sched.nmidle = w.idle;
    sched.nmidlelocked = w.idle_locked;
    sched.nmsys = w.system;
    rt::checkdead();
  });
}

void must_return(const ending& e) {
  must(e.signal != SIGALRM,
       {"checkdead 没有返回：它在等一把自己已经握着的锁（sched.lock 是调用者拿的；"
        "fatal_with_goroutines 自己要拿 allglock）",
        "checkdead does not return: it waits for a lock that it holds already (sched.lock is "
        "the caller's; fatal_with_goroutines takes allglock itself)"});
}

// zh: 世界死了：要说这句话。 en: The world is dead: this sentence must be said.
void must_say(const world& w, const std::string& sentence, const words& otherwise) {
  const ending e = ask(w);
  must_return(e);
  must(e.exit_code == dead && e.head(1) == sentence, otherwise);
}

// zh: 世界还活着：不许出声。 en: The world is alive: not a word.
void must_be_quiet(const world& w, const words& otherwise) {
  const ending e = ask(w);
  must_return(e);
  must(e.exit_code == alive, otherwise);
}

TEST_CASE("all Ms idle, one goroutine waits: a deadlock") {
  must_say(
      {.ids = 2, .idle = 2, .gs = {rt::Gwaiting, rt::Gdead}}, all_asleep,
      {"M 都闲着，每个 goroutine 都在等，谁也不会再动：你没有照约定说出来",
       "all Ms are idle and every goroutine waits, nobody will ever move: you have not said so "
       "in the words agreed on"});
}

TEST_CASE("no goroutine left: main has gone") {
  must_say({.ids = 2, .idle = 2, .gs = {rt::Gdead, rt::Gdead}}, main_left,
           {"一个 goroutine 也不剩，没有谁在等：该说的是另一句话",
            "there is no goroutine left, and so none that waits: this needs the other sentence"});
}

TEST_CASE("Ms that wait for their own G, and the system's, do no work either") {
  must_say(
      {.ids = 5, .idle = 2, .idle_locked = 2, .system = 1, .gs = {rt::Gwaiting}}, all_asleep,
      {"五个 M：两个闲着，两个等着自己绑定的 G，一个是系统的，都不会去干活；你却以为还有人在跑",
       "five Ms: two idle, two waiting for the Gs bound to them, one the system's; none will do "
       "any work, and you believe that one runs"});
}

TEST_CASE("Ms that have ended are not counted") {
  must_say({.ids = 4, .freed = 2, .idle = 2, .gs = {rt::Gwaiting}}, all_asleep,
           {"发出过四个编号，两个 M 已经结束，剩下两个闲着；你把结束了的也数作在跑",
            "four numbers were given out, two Ms have ended and two are idle; you count those that "
            "have ended as running"});
}

TEST_CASE("an M that works is a sign of life") {
  must_be_quiet(
      {.ids = 3, .idle = 1, .system = 1, .gs = {rt::Gwaiting}},
      {"三个 M 里有一个在干活，它也许正要放行谁；你报了假的死锁",
       "one of three Ms is at work and may be about to ready a goroutine; you raised a false "
       "alarm"});
}

// zh: 编号在锁下领走，M 还没有建好，不在 allm 里（Go issue 40368）。
// en: Its number was taken under the lock; the M is not made yet and is not on allm (Go issue
//     40368).
TEST_CASE("an M that is being born is a sign of life") {
  must_be_quiet({.ids = 2, .idle = 1, .gs = {rt::Grunnable, rt::Gwaiting}},
                {"领了编号、还没有建好的 M 马上就要干活；你没有数到它",
                 "an M whose number was taken and that is being made is about to work; you did not "
                 "count it"});
}

TEST_CASE("counts that do not add up are told") {
  must_say({.ids = 1, .idle = 2, .gs = {rt::Gwaiting}},
           "fatal error: checkdead: inconsistent counts\n",
           {"一个 M，却有两个闲着：账不对，要用约定的话停下",
            "one M, and two of it idle: the counts are wrong, and it must stop with the sentence "
            "agreed on"});
}

TEST_CASE("a runnable goroutine that nobody can run is told") {
  for (const rt::gstatus s : {rt::Grunnable, rt::Grunning, rt::Gsyscall})
    must_say({.ids = 2, .idle = 2, .gs = {rt::Gwaiting, s}}, "fatal error: checkdead: runnable g\n",
             {"M 都闲着，却有一个 goroutine "
              "可以跑（或在跑、在系统调用里）：调度器错了，要用约定的话停下",
              "all Ms are idle, and a goroutine can run (or runs, or is in a system call): the "
              "scheduler is wrong, and it must stop with the sentence agreed on"});
}

TEST_CASE("at the end of the world nobody need move") {
  must_be_quiet(
      {.ids = 2, .idle = 2, .gs = {rt::Gwaiting}, .ending = true},
      {"main 已经返回，世界正在结束，还停着的 goroutine 不算死锁",
       "main has returned and the world ends; goroutines that still wait are no deadlock"});
}

TEST_CASE("a goroutine that sleeps until a time will move again") {
  const ending e = in_child([] {
    ::alarm(patience);
    return run({.procs = 1}, [] {
      go([] { sleep(std::chrono::hours(1)); });
      yield();
      rt::systemstack([] {
        // zh: 好像 main 也停了，M 都闲了。 en: As if main waited too and all Ms were idle.
        rt::G* self = rt::getg()->m->curg;
        self->atomicstatus.store(rt::Gwaiting);
        const rt::sched_lock_guard hold(sched.lock);
        const int before = sched.nmidle;
        sched.nmidle = static_cast<int>(rt::mcount()) - sched.nmidlelocked - sched.nmsys;
        rt::checkdead();
        sched.nmidle = before;
        self->atomicstatus.store(rt::Grunning);
      });
      return 7;
    });
  });
  must_return(e);
  must(e.exit_code == 7,
       {"有一个 goroutine 睡到一小时以后，到时自会有人动；你报了假的死锁",
        "a goroutine sleeps for an hour and will move then; you raised a false alarm"});
}

void park() {
  rt::getg()->waitreason = "chan receive";
  rt::mcall([](rt::G* g) {
    rt::casgstatus(g, rt::Grunning, rt::Gwaiting);
    rt::dropg();
  });
}

TEST_CASE("whole programs") {
  const auto program = [](void (*body)()) {
    return in_child([body] {
      ::alarm(patience);
      run({.procs = 2}, [body] { body(); });
    });
  };
  const ending asleep = program([] {
    go(park);
    park();
  });
  const std::string expected = std::string(all_asleep) + "\ngoroutine 1 [chan receive]:\n";
  must(asleep.exit_code == dead && asleep.head(3) == expected,
       {"真的程序，两个 goroutine 都停下了：要说出死锁，连同每个 goroutine 的一段",
        "a real program, and both of its goroutines wait: that must be told as a deadlock, with "
        "a paragraph for each goroutine"});
  const ending left = program([] { goexit(); });
  must(left.exit_code == dead && left.error == main_left,
       {"真的程序，main 调用了 goexit，再没有别人：要说出来",
        "a real program, main has called goexit, and nobody else is there: that must be told"});
  const ending sleeper = program([] {
    go(park);
    for (int i = 0; i < 20; ++i) sleep(std::chrono::microseconds(200));
  });
  must(sleeper.exit_code == alive && sleeper.error.empty(),
       {"真的程序，main 只是睡了一会儿：不是死锁",
        "a real program, and main only sleeps a little: no deadlock"});
}

}  // namespace
}  // namespace newproc::exercise
