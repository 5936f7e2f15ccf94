// zh: 一次执行，一层意外，一次探索。
// en: One execution, one level of surprises, one exploration.
#include "explore.hpp"

#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "arena.hpp"
#include "story.hpp"

namespace newproc::checker {
namespace {

/// zh: 看着步数，每用掉 seconds_without_a_step 秒 CPU 看一次；与上次相同就中止。
/// en: Watches the steps: looks once in seconds_without_a_step seconds of CPU, and aborts if
///     nothing has changed since.
class watch_for_steps {
 public:
  watch_for_steps() {
    struct sigaction look {};
    look.sa_handler = [](int) { look_at_steps(); };
    look.sa_flags = SA_RESTART;
    ::sigaction(SIGVTALRM, &look, &before_);
    repeat_after(seconds_without_a_step);
  }
  ~watch_for_steps() {
    repeat_after(0);
    ::sigaction(SIGVTALRM, &before_, nullptr);
  }
  watch_for_steps(const watch_for_steps&) = delete;
  watch_for_steps& operator=(const watch_for_steps&) = delete;

 private:
  static void look_at_steps() {
    const std::uint64_t now = std::uint64_t{the_simulator.epoch()} << 32 |
                              static_cast<std::uint32_t>(the_simulator.steps());
    if (now != seen_) {
      seen_ = now;
      return;
    }
    constexpr std::string_view said =
        "checker: 很久没有走一步：两次原子操作之间的代码在转圈\n"
        "checker: no step for long: code between two atomic operations loops\n";
    if (::write(STDERR_FILENO, said.data(), said.size()) < 0) std::abort();
    std::abort();
  }
  static void repeat_after(int seconds) {
    const itimerval every{{seconds, 0}, {seconds, 0}};
    ::setitimer(ITIMER_VIRTUAL, &every, nullptr);
  }

  static inline std::uint64_t seen_ = 0;
  struct sigaction before_ {};
};

}  // namespace

class explorer {
 public:
  explorer(const scenario& s, effort e) : scenario_(s), effort_(e) {
    report_.name = s.name();
    report_.opening = s.opening_;
  }

  report explore() {
    if (!walk_twice()) return finish();
    if (by_surprises() || at_random(strategy::pct, effort_.by_priority) ||
        at_random(strategy::pos, effort_.by_order) ||
        at_random(strategy::random, effort_.at_random))
      tell();
    return finish();
  }

  report replay(const std::string& schedule) {
    search_.replay(schedule);
    const outcome o = once(true);
    if (search_.schedule() != schedule) {
      std::fprintf(stderr,
                   "checker: 重演走了另一条路：%s\n"
                   "checker: the replay took another path: %s\n",
                   search_.schedule().c_str(), search_.schedule().c_str());
      std::abort();
    }
    if (o == outcome::failed) note_failure();
    report_.trace.assign(the_simulator.trace().begin(), the_simulator.trace().end());
    return finish();
  }

 private:
  using steady = std::chrono::steady_clock;

  static void call(void* f) { (*static_cast<const scenario::function*>(f))(); }
  static void check_all(void* list) {
    for (const auto& f : *static_cast<const std::vector<scenario::function>*>(list)) f();
  }

  outcome once(bool tracing) {
    simulator& m = the_simulator;
    arena::reset();
    m.prepare(search_, scenario_.limits_, tracing);
    search_.begin();
    const bool before = arena::use(true);
    for (const auto& f : scenario_.init_) f();
    for (const auto& f : scenario_.machines_) m.spawn(call, const_cast<scenario::function*>(&f));
    const auto& always = scenario_.always_;
    outcome o = m.run(always.empty() ? nullptr : check_all,
                      const_cast<std::vector<scenario::function>*>(&always));
    if (o == outcome::rest) {
      check_deadlock();
      for (const auto& f : scenario_.at_rest_) f();
      check_fatal();
      if (!m.property().empty()) o = outcome::failed;
    } else if (o == outcome::failed && as_foretold()) {
      o = outcome::rest;
    }
    arena::use(before);
    rested_ += o != outcome::pruned;
    ++report_.executions;
    report_.steps += m.steps();
    report_.longest = std::max(report_.longest, m.steps());
    return o;
  }

  void check_deadlock() const {
    if (scenario_.ends_asleep_) return;
    std::string stuck;
    for (int i = 0; i < the_simulator.machines(); ++i) {
      const activity a = the_simulator.doing(i);
      if (a == activity::busy) return;
      if (a != activity::done) stuck += " M" + std::to_string(i);
    }
    if (!stuck.empty())
      the_simulator.violated("deadlock",
                             "永远等下去的是" + stuck + " / these wait for ever:" + stuck);
  }

  void check_fatal() const {
    const std::string& words = scenario_.fatal_;
    if (!words.empty())
      the_simulator.violated("broken invariant", "没有人以这句话结束程序：" + words +
                                                     " / nobody ended the program with: " + words);
  }

  // zh: 失败正是场景所要的致命错误吗？ en: Is the failure the fatal error that the scenario asks for?
  [[nodiscard]] bool as_foretold() const {
    const std::string_view words = the_simulator.words();
    return !scenario_.fatal_.empty() && the_simulator.property() == "fatal error" &&
           words == scenario_.fatal_;
  }

  // zh: 同样的选择走两遍（之前先走一遍，好让只做一次的初始化做完），走的若不是同一条路，就有不归检查器管
  //     的东西：时钟、地址、上次执行留下的。
  // en: The same choices walked twice, after a first walk in which what is initialised once is
  //     done: if the path is another, something is beyond the checker's control: a clock, an
  //     address, what the last execution left behind.
  bool walk_twice() {
    const report fresh = report_;
    search_.replay("");  // zh: 每次都选寻常的 en: the boring choice each time
    std::string paths[2];
    for (int i = 0; i < 3; ++i) {
      once(false);
      paths[i % 2] = search_.schedule() + " " + std::to_string(the_simulator.steps());
    }
    report_ = fresh;
    if (paths[0] == paths[1]) {
      rested_ = 0;
      return true;
    }
    failed_ = true;
    report_.result = verdict::failed;
    report_.property = "hidden state";
    report_.words = "同样的选择，两次执行走了不同的路：" + paths[0] + "；" + paths[1] +
                    " / the same choices took two different paths: " + paths[0] + "; " + paths[1];
    return false;
  }

  // zh: 一层：走完返回真。失败时 failed_ 为真。 en: A level: true when it was walked to its end.
  bool level(int surprises) {
    search_.systematic(surprises);
    for (;;) {
      if (once(false) == outcome::failed) {
        note_failure();
        return false;
      }
      if (!search_.advance()) return true;
      if (out_of_budget()) return false;
    }
  }

  bool by_surprises() {
    for (int bound = 0; bound <= effort_.surprises; ++bound) {
      const bool ended = level(bound);
      if (failed_) return true;
      if (!ended) return false;
      report_.surprises = bound;
      if (!search_.was_bounded()) {  // zh: 没有因意外用完而放弃的路 en: no path was given up
        report_.result = verdict::proved;
        return false;
      }
    }
    if (!effort_.prove) return false;
    const bool ended = level(unbounded);
    if (ended && !search_.was_bounded()) report_.result = verdict::proved;
    return failed_;
  }

  bool at_random(strategy how, long executions) {
    if (executions == 0) return false;
    search_.randomly(how, effort_.seed, effort_.depth);
    for (long i = 0; i < executions; ++i) {
      if (once(false) == outcome::failed) return note_failure(), true;
      search_.advance();
    }
    return false;
  }

  [[nodiscard]] bool out_of_budget() const { return report_.executions >= effort_.executions; }

  void note_failure() {
    failed_ = true;
    report_.result = verdict::failed;
    report_.property = the_simulator.property();
    report_.words = the_simulator.words();
    report_.schedule = search_.schedule();
    report_.surprises = search_.surprises();
  }

  // zh: 照原样再走一遍，这次记下每一步。 en: Walk it again as it was, this time noting each step.
  void tell() {
    const long executions = report_.executions;
    search_.replay(report_.schedule);
    once(true);
    report_.executions = executions;
    if (search_.schedule() != report_.schedule ||
        the_simulator.property() != report_.property.c_str())
      report_.words += " [重演的不一样：有藏着的状态 / the replay differs: hidden state]";
    report_.trace.assign(the_simulator.trace().begin(), the_simulator.trace().end());
  }

  report finish() {
    // zh: 一次也没走到头，就什么也没有检查。 en: Where none came to its end, nothing was checked.
    if (rested_ == 0) {
      report_.result = verdict::failed;
      report_.property = "nothing was checked";
      report_.words = "没有一次执行走到头 / no execution came to its end";
    }
    report_.seconds = std::chrono::duration<double>(steady::now() - start_).count();
    report_.states = search_.states();
    return std::move(report_);
  }

  const scenario& scenario_;
  effort effort_;
  search search_;
  report report_;
  bool failed_ = false;
  long rested_ = 0;
  steady::time_point start_ = steady::now();
  const watch_for_steps watch_;
};

namespace {

const char* asked(const char* name) {
  const char* text = std::getenv(name);
  return text != nullptr && *text != '\0' ? text : nullptr;
}

// zh: 同样的测试，从外面调力气：CHECKER_EXECUTIONS 次执行（意外数不再设限）；CHECKER_THOROUGH：有余
//     力的场景全力以赴；CHECKER_SEED 作种子；CHECKER_SEARCH=bounded|pct|pos|random 只用一种搜索；
//     CHECKER_AT_MOST：每种搜索都至多这么多次执行，也不求证明。
// en: The same tests with another effort, asked for from outside: CHECKER_EXECUTIONS executions
//     (and no limit on surprises); CHECKER_THOROUGH: scenarios that have more to give do;
//     CHECKER_SEED as the seed; CHECKER_SEARCH=bounded|pct|pos|random for one kind of search only;
//     CHECKER_AT_MOST: no kind of search takes more executions than that, and none is to prove.
effort as_asked(effort e) {
  if (const char* text = asked("CHECKER_EXECUTIONS")) {
    e.executions = std::atol(text);
    e.surprises = unbounded - 1;
    e.prove = false;
  }
  if (e.thorough != 0 && thorough()) {
    e.executions = e.thorough;
    e.prove = true;
  }
  if (const char* text = asked("CHECKER_SEARCH")) {
    const std::string_view how = text;
    const long n = e.executions;
    if (how != "bounded") e = {.surprises = -1, .prove = false, .executions = 0, .seed = e.seed};
    if (how == "pct") e.by_priority = n;
    if (how == "pos") e.by_order = n;
    if (how == "random") e.at_random = n;
  }
  if (const char* text = asked("CHECKER_AT_MOST")) {
    const long most = std::atol(text);
    e.prove = false;
    for (long* each : {&e.executions, &e.by_priority, &e.by_order, &e.at_random})
      *each = std::min(*each, most);
  }
  if (const char* text = asked("CHECKER_SEED")) e.seed = std::strtoull(text, nullptr, 10);
  return e;
}

}  // namespace

bool thorough() { return asked("CHECKER_THOROUGH") != nullptr; }

report explore(const scenario& s, effort e) {
  const char* schedule = asked("CHECKER_REPLAY");
  report r = schedule != nullptr ? replay(s, schedule) : explorer(s, as_asked(e)).explore();
  if (const char* path = asked("CHECKER_REPORT")) append(r, path);
  return r;
}

report replay(const scenario& s, const std::string& schedule) {
  return explorer(s, {}).replay(schedule);
}

}  // namespace newproc::checker
