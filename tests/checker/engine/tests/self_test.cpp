// zh: 检查器自己守的诺言：死锁、不会结束的执行、丢失的叫醒、异常现场、重演、堆。
// en: The checker's own promises: deadlocks, plans that do not end, lost wake-ups, exception state,
//     replay, the heap.
#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <memory>

#include "engine/explore.hpp"
#include "engine/story.hpp"
#include "os/die.hpp"
#include "os/futex.hpp"
#include "os/mutex.hpp"
#include "os/thread.hpp"

namespace newproc::checker {
namespace {

constexpr order relaxed = order::relaxed;

struct world {
  os::mutex a, b;
  os::atomic<std::uint32_t> word, other;
  os::var<int> count;
};
world* w = nullptr;

scenario fresh(const char* title) {
  scenario s(title);
  s.init([] { w = new world; });
  return s;
}

TEST_CASE("two locks taken in opposite orders are a deadlock after one surprise") {
  scenario s = fresh("locks");
  const auto both = [](os::mutex world::*first, os::mutex world::*second) {
    return [=]() NO_THREAD_SAFETY_ANALYSIS {
      (w->*first).lock();
      (w->*second).lock();
      (w->*second).unlock();
      (w->*first).unlock();
    };
  };
  s.machine(both(&world::a, &world::b)).machine(both(&world::b, &world::a));
  const report r = explore(s);
  CHECK(r.property == "deadlock");
  CHECK(r.surprises == 1);
}

TEST_CASE("a lock excludes: between lock and unlock nobody else is inside") {
  scenario s = fresh("exclusion");
  const auto enter = [] {
    const os::lock_guard hold(w->a);
    const int before = w->count;
    w->other.store(1, relaxed);
    w->count = before + 1;
  };
  s.machine(enter).machine(enter).machine(enter).at_rest(
      [] { expect(w->count == 3, "broken invariant", "an increment was lost"); });
  CHECK(explore(s).result == verdict::proved);
}

TEST_CASE("without the lock the same is a data race") {
  scenario s = fresh("no exclusion");
  const auto enter = [] {
    const int before = w->count;
    w->other.store(1, relaxed);
    w->count = before + 1;
  };
  s.machine(enter).machine(enter);
  CHECK(explore(s).property == "data race");
}

TEST_CASE("a loop that nobody ends is a plan that does not end") {
  scenario s = fresh("loop");
  s.machine([] {
    while (w->word.load(relaxed) == 0) os::spin_pause();
  });
  CHECK(explore(s).property == "the plan does not end");
}

TEST_CASE("a sleeper whose waker looks first and writes later is never woken") {
  scenario s = fresh("lost wake-up");
  s.machine([] {
     os::futex_wake(w->word, 1);
     w->word.store(1, relaxed);
   }).machine([] {
    while (w->word.load(relaxed) == 0) os::futex_wait(w->word, 0);
  });
  CHECK(explore(s).property == "deadlock");
}

TEST_CASE("a futex may wake for no reason: one who does not look again is caught") {
  scenario s = fresh("spurious");
  s.machine([] {
     w->word.store(1, relaxed);
     os::futex_wake(w->word, 1);
   }).machine([] {
    os::futex_wait(w->word, 0);
    expect(w->word.load(order::seq_cst) == 1, "broken invariant", "woken, and nothing happened");
  });
  const report r = explore(s);
  CHECK(r.property == "broken invariant");
  CHECK(r.surprises <= 2);
}

// zh: 把字从 0 改成 1；已经有人改过，就以一句话结束程序。
// en: Changes the word from 0 to 1; ends the program with a sentence if another has done so before.
scenario once_only(const char* title, void (*change)()) {
  scenario s = fresh(title);
  s.machine(change).machine(change).ends_in_fatal("twice");
  return s;
}

[[noreturn]] void end_with(const char* words) {
  os::write_error(std::string("fatal error: ") + words + "\n");
  os::die(2);
}

TEST_CASE("a scenario may ask for a fatal error, and is proved if none goes without") {
  CHECK(explore(once_only("exchange", [] {
          if (w->word.exchange(1, relaxed) != 0) end_with("twice");
        })).result == verdict::proved);
}

TEST_CASE("an execution that ends without the fatal error that is asked for is a failure") {
  const report r = explore(once_only("look, then write", [] {
    if (w->word.load(relaxed) != 0) end_with("twice");
    w->word.store(1, relaxed);
  }));
  CHECK(r.property == "broken invariant");
  CHECK(r.words.find("twice") != std::string::npos);
}

TEST_CASE("another fatal error than the one asked for is a failure") {
  const report r = explore(once_only("other words", [] {
    if (w->word.exchange(1, relaxed) != 0) end_with("thrice");
  }));
  CHECK(r.property == "fatal error");
  CHECK(r.words == "thrice");
}

TEST_CASE("which of two sleepers wakes is explored") {
  scenario s = fresh("waiters");
  static std::array<int, 2> first;
  first = {0, 0};
  const auto sleeper = [](int i) {
    return [i] {
      os::futex_wait(w->word, 0);
      if (w->other.fetch_add(1, relaxed) == 0) ++first[static_cast<std::size_t>(i)];
    };
  };
  s.machine(sleeper(0))
      .machine(sleeper(1))
      .machine([] {
        os::futex_wake(w->word, 1);
        os::futex_wake(w->word, 2);
      })
      .ends_asleep()
      .spurious(0);
  CHECK(explore(s).ok());
  CHECK(first[0] > 0);
  CHECK(first[1] > 0);
}

TEST_CASE("a timed sleep ends when the virtual clock gets there") {
  scenario s = fresh("clock");
  s.machine([] {
    const std::int64_t until = the_simulator.now() + 5000;
    while (the_simulator.now() < until) os::futex_wait_until(w->word, 0, until);
    expect(the_simulator.now() == until, "broken invariant", "too late");
  });
  CHECK(explore(s).result == verdict::proved);
}

TEST_CASE("each M has exceptions of its own, also inside a catch block") {
  scenario s = fresh("exceptions");
  const auto thrower = [](int mine) {
    return [mine] {
      try {
        throw mine;
      } catch (int caught) {
        w->word.fetch_add(1, relaxed);
        try {
          throw;
        } catch (int again) {
          expect(caught == mine && again == mine, "broken invariant", "another M's exception");
        }
      }
    };
  };
  s.machine(thrower(1)).machine(thrower(2)).machine(thrower(3));
  CHECK(explore(s).result == verdict::proved);
}

TEST_CASE("a thread that is started and joined sees and is seen") {
  scenario s = fresh("threads");
  static os::thread child;
  s.machine([] {
    w->count = 1;
    REQUIRE(child.start([](void*) { w->count = w->count + 1; }, nullptr) == 0);
    child.join();
    expect(w->count == 2, "broken invariant", "the child did not run before join");
  });
  CHECK(explore(s).result == verdict::proved);
}

scenario racy_counter() {
  scenario s = fresh("replayed");
  const auto add = [] { w->word.store(w->word.load(relaxed) + 1, relaxed); };
  s.machine(add).machine(add).at_rest(
      [] { expect(w->word.load(relaxed) == 2, "broken invariant", "lost"); });
  return s;
}

std::string steps_of(const report& r) {
  std::string text;
  writer out(into_text{&text});
  write_steps(out, r);
  return text;
}

TEST_CASE("a schedule plays the same failure again, byte for byte") {
  const report found = explore(racy_counter());
  REQUIRE_FALSE(found.ok());
  const report again = replay(racy_counter(), found.schedule);
  CHECK(again.property == found.property);
  CHECK(tell(again, language::en) == tell(found, language::en));
  CHECK(tell(again, language::zh) == tell(found, language::zh));
  CHECK(steps_of(again) == steps_of(found));
}

TEST_CASE("a report is one line of JSON, whatever the scenario is called") {
  scenario s(R"(a "quoted" \ name)"
             "\n\x01");
  s.machine([] { expect(false, "deadlock", "第一\n / first\n"); });
  const std::string line = as_json(explore(s));
  CHECK(line.starts_with(R"({"scenario":"a \"quoted\" \\ name\n\u0001","verdict":"FAILED",)"));
  CHECK(line.find(R"("property":"deadlock","property_zh":"死锁","property_en":"deadlock",)") !=
        line.npos);
  CHECK(line.find(R"("words":"第一\n / first\n")") != line.npos);
  CHECK(line.find('\n') == line.size() - 1);
}

// zh: 在孩子进程里重演，好看它怎样中止。 en: Replayed in a child process, to see how it aborts.
TEST_CASE("a schedule of another program stops: a choice has another shape") {
  const report found = explore(racy_counter());
  REQUIRE_FALSE(found.ok());
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::close(STDERR_FILENO);
    ::signal(SIGABRT, SIG_DFL);
    scenario other = fresh("other");
    other.machine([] { w->word.fetch_add(1, relaxed); });
    replay(other, found.schedule);
    ::_exit(0);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(WIFSIGNALED(status));
  CHECK(WTERMSIG(status) == SIGABRT);
}

// zh: 两次原子操作之间转圈：没有下一步，搜索自己停不下来；看步数的把它停下并说出来。
// en: A loop between two atomic operations: there is no next step, and the search can't stop by
//     itself. The one that counts the steps stops it and says so.
TEST_CASE("code that loops without a step is told and stopped") {
  std::array<int, 2> pipe{};
  REQUIRE(::pipe(pipe.data()) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::dup2(pipe[1], STDERR_FILENO);
    ::signal(SIGABRT, SIG_DFL);
    seconds_without_a_step = 1;
    scenario s = fresh("loop without a step");
    s.machine([] {
      w->word.store(1, relaxed);
      for (;;) asm volatile("");
    });
    explore(s);
    ::_exit(0);
  }
  ::close(pipe[1]);
  std::string said;
  std::array<char, 256> part;
  for (ssize_t n; (n = ::read(pipe[0], part.data(), part.size())) > 0;)
    said.append(part.data(), static_cast<std::size_t>(n));
  ::close(pipe[0]);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(WIFSIGNALED(status));
  CHECK(said.find("no step for long") != std::string::npos);
}

// zh: 预算只数执行：不论机器多慢，走过的都一样多。
// en: The budget counts executions alone: however slow the machine, as many are walked.
TEST_CASE("a search that can't come to its end stops at its number of executions") {
  scenario s = fresh("budget");
  const auto busy_reader = [] {
    for (int i = 0; i < 6; ++i) w->word.store(w->other.load(relaxed), relaxed);
    for (int i = 0; i < 6; ++i) w->other.store(w->word.load(relaxed), relaxed);
  };
  s.machine(busy_reader).machine(busy_reader).machine(busy_reader);
  const report r = explore(s, {.surprises = 40, .executions = 4'321});
  CHECK(r.executions == 4'321);
  CHECK(r.result == verdict::bounded);
}

// zh: 从外面压低的力气：哪种搜索都不多走，原来就少的不加，也不求证明。
// en: Effort held down from outside: no kind of search goes further, what was less stays, nothing is proved.
TEST_CASE("CHECKER_AT_MOST holds every kind of search down, and raises none") {
  scenario s = fresh("held down");
  const auto writer = [] {
    for (int i = 0; i < 3; ++i) w->word.fetch_add(1, relaxed);
  };
  s.machine(writer).machine(writer);
  const auto executions = [&](effort e) { return explore(s, e).executions; };
  const effort none{.surprises = -1, .prove = false, .executions = 0};
  effort by_priority = none, by_order = none, at_random = none;
  by_priority.by_priority = by_order.by_order = at_random.at_random = 50;
  REQUIRE(explore(s).result == verdict::proved);
  REQUIRE(executions({}) > 10);
  ::setenv("CHECKER_AT_MOST", "10", 1);
  CHECK(executions({}) == 10);
  CHECK(explore(s).result == verdict::bounded);
  CHECK(executions(by_priority) == 10);
  CHECK(executions(by_order) == 10);
  CHECK(executions(at_random) == 10);
  ::setenv("CHECKER_AT_MOST", "60", 1);
  CHECK(executions(by_priority) == 50);
  ::unsetenv("CHECKER_AT_MOST");
}

TEST_CASE("random searches find it too, and the same seed finds the same") {
  effort e{.surprises = -1, .prove = false, .by_priority = 1000};
  const report first = explore(racy_counter(), e), second = explore(racy_counter(), e);
  REQUIRE_FALSE(first.ok());
  CHECK(first.schedule == second.schedule);
  e = {.surprises = -1, .prove = false, .by_order = 1000};
  CHECK_FALSE(explore(racy_counter(), e).ok());
  e = {.surprises = -1, .prove = false, .at_random = 1000};
  CHECK_FALSE(explore(racy_counter(), e).ok());
}

// zh: POS：不相干的步再多，相争的两步也排得成每一种次序。读写都在锁下，所以只有次序能出错，没有旧值来帮忙。
// en: POS: however many unrelated steps there are, it orders two that contend in every way. Reads
//     and writes are under a lock, so it takes an order to fail and no stale value helps.
TEST_CASE("partial order sampling is not led astray by steps that contend with nothing") {
  static std::array<os::atomic<int>, 2>* own = nullptr;
  scenario s = fresh("far apart");
  s.init([] { own = new std::array<os::atomic<int>, 2>; });
  const auto locked = [](auto&& f) {
    const os::lock_guard hold(w->a);
    f();
  };
  for (std::size_t i = 0; i < 2; ++i)
    s.machine([=] {
      const auto stroll = [i] {
        for (int n = 0; n < 200; ++n) (*own)[i].store(n, relaxed);
      };
      int before = 0;
      stroll();
      locked([&] { before = w->count; });
      stroll();
      locked([&] { w->count = before + 1; });
    });
  s.at_rest([] { expect(w->count == 2, "broken invariant", "lost"); });
  const report r = explore(s, {.surprises = -1, .prove = false, .by_order = 1'000});
  CHECK_FALSE(r.ok());
  CHECK(r.executions < 100);
}

// zh: 做完一步，与它相争的都重新抽签：两个 M 争着写一个字，接着写的还是同一个，机会是一半。不重抽，刚赢的会一直赢
//     下去。开头几步，和另一个还没有走到要争的那一步的，不算。
// en: After a step those that contend with it draw lots anew: of two Ms that contend for a word,
//     the same one goes on one time in two. Without that the winner would keep winning. Neither the
//     first steps count, nor executions in which the other has not come to where it contends by
//     then.
void fair(bool other_writes) {
  constexpr std::size_t each = 12, first = 4, last = each;
  static std::array<int, 2 * each> order{};
  static std::size_t n = 0;
  static int pairs = 0, same = 0;
  pairs = same = 0;
  scenario s = fresh("contend");
  s.init([] { n = 0; });
  for (int i = 0; i < 2; ++i)
    s.machine([i, other_writes] {
      for (std::size_t k = 0; k < each; ++k) {
        if (i == 0 || other_writes)
          w->word.store(1, relaxed);
        else
          expect(w->word.load(relaxed) <= 1, "broken invariant");
        order[n++] = i;
      }
    });
  s.at_rest([] {
    if (order[0] == order[1] && order[1] == order[2]) return;
    for (std::size_t k = first; k < last; ++k, ++pairs) same += order[k] == order[k - 1];
  });
  explore(s, {.surprises = -1, .prove = false, .by_order = 4'000});
  CHECK(same > pairs * 45 / 100);
  CHECK(same < pairs * 55 / 100);
}

TEST_CASE("partial order sampling is fair to those that contend") {
  fair(true);
  fair(false);  // zh: 一个写，一个读 en: one writes, one reads
}

TEST_CASE("a program that chooses for itself is told") {
  static int secret = 0;
  scenario s = fresh("hidden state");
  s.machine([] {
    if (++secret % 2 == 0) w->word.store(1, relaxed);
    w->word.store(2, relaxed);
  });
  CHECK(explore(s).words.find("took two different paths") != std::string::npos);
}

TEST_CASE("what abandoned executions allocated is gone: a hundred thousand fit into memory") {
  scenario s = fresh("heap");
  s.machine([] {
     auto block = std::make_unique<std::array<char, 4096>>();
     w->word.fetch_add(1, relaxed);
     w->word.fetch_add(1, relaxed);
   }).machine([] { w->word.fetch_add(1, relaxed); });
  const report r = explore(s, {.surprises = -1, .prove = false, .at_random = 100'000});
  CHECK(r.executions == 100'000);
}

}  // namespace
}  // namespace newproc::checker
