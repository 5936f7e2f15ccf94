// zh: 模拟器：一台模拟的计算机。几个 M，全是同一个操作系统线程里的纤程；一个虚拟的时钟；futex、锁、线程。
//
// zh: 被检查的代码每做一次原子操作、每碰一次操作系统，就来到一个调度点：模拟器在这里决定接着谁跑。
//     两个调度点之间不会换人，所以同样的选择总给出同样的执行。
//
// zh: G 与 g0 之间的切换仍是运行时自己的代码；M 之间的切换是模拟器的，它存下的现场可以躺在任何 G 的
//     栈上。
//
// en: The simulator: a simulated computer. Some Ms, all of them fibres of one OS thread; a virtual
//     clock; futexes, locks, threads.
//
// en: With each atomic operation, and each time it turns to the operating system, the code under
//     test comes to a scheduling point, where the simulator decides which M goes on. Between two such
//     points no other runs, so the same choices always make the same execution.
//
// en: Switching between Gs and g0 is the runtime's own code; switching between Ms is the simulator's,
//     and the place it saves may lie on any G's stack.
#pragma once

#include <string>
#include <string_view>

#include "machine.hpp"
#include "memory.hpp"
#include "search.hpp"

namespace newproc::checker {

/// zh: 一次执行怎样结束的。 en: How an execution ended.
enum class outcome { rest, failed, pruned };

/// zh: 一把模拟的锁：上锁是一步。 en: A simulated lock: locking is one step.
struct lock_state {
  std::uint32_t epoch = 0;
  int owner = nobody;
  knowledge released;
  std::uint64_t hash = 0;
};

/// zh: 原子变量在被检查的代码里的样子：最新的值，和它的历史的编号。
/// en: What an atomic is within the code under test: the newest value and the number of its
///     history.
struct cell {
  std::uint64_t bits = 0;
  std::uint32_t epoch = 0;
  std::uint32_t index = 0;
};

/// zh: 一次选择里至多考虑几条写。 en: How many stores one choice considers at most.
inline constexpr int most_places = 64;

/// zh: 一次执行的界限。 en: An execution's limits.
struct limits {
  int steps = 20'000;  // zh: 超过就是“不会结束” en: beyond, it "does not end"
  int fairness = 1'000;  // zh: 连跑这么多步就要让开 en: gives way after that many steps in a row
  int spurious = 1;  // zh: 每个 M 至多几次无故醒来 en: spurious wake-ups per M at most
};

/// zh: 故事里的一步。 en: A step of the story.
struct step {
  int machine = nobody;
  std::string goroutine;
  const char* what = "";
  std::string object;
  std::string value;
  // zh: 修改次序里，读到的（或写下的）后面还有几条 en: how many stores come behind what it read, or wrote
  int back = 0;
  // zh: 其中一条：读的最新的，写的紧后面的 en: one of them: of a load the newest, of a store the next
  std::string other_text;
  int other_writer = nobody;
  site other_where{};
  bool surprise = false;
  bool matters = false;  // zh: 故事里不许折起来 en: must not be folded in the story
  std::string function, file;
  unsigned line = 0;
  /// zh: 只是读。 en: It only reads.
  [[nodiscard]] bool reads() const {
    const std::string_view w = what;
    return w == "load" || w == "cas failed";
  }
};

/// zh: 故事里的对象叫什么：由认得运行时的 scenarios/rules.cpp 填上。
/// en: Gives objects their names in a story; scenarios/rules.cpp, which knows the runtime, fills it
///     in.
struct namer {
  std::string (*object)(const void* address) = nullptr;
  std::string (*goroutine)(const void* word) = nullptr;
  std::string (*value)(const void* address, std::uint64_t bits) = nullptr;
  /// zh: 改动它是要紧的事吗？ en: Is a change of it something that matters?
  bool (*matters)(std::string_view object) = nullptr;
};

class simulator {
 public:
  // --- zh: 探索者用的。 en: For the explorer.
  void prepare(search& s, const limits& l, bool tracing);
  int spawn(void (*fn)(void*), void* arg);
  /// zh: 跑到谁也不能再动，或失败。 en: Runs until nobody can move, or a failure.
  outcome run(void (*check)(void*), void* arg);
  [[nodiscard]] bool running() const { return running_; }
  [[nodiscard]] int machines() const { return count_; }
  [[nodiscard]] activity doing(int m) const { return machines_[static_cast<std::size_t>(m)].state; }
  [[nodiscard]] const void* word_of(int m) const {
    return machines_[static_cast<std::size_t>(m)].word;
  }
  [[nodiscard]] int steps() const { return steps_; }
  [[nodiscard]] const kept_text& property() const { return property_; }
  [[nodiscard]] const kept_text& words() const { return words_; }
  kept<step>& trace() { return trace_; }
  namer names;
  /// zh: 随机数可以是哪些值，第一个是寻常的；没有人给就只有 0。
  /// en: Which values a random number may have, the boring one first; 0 alone if nobody gives them.
  kept<std::uint32_t> (*randoms)() = nullptr;
  /// zh: 时间就要走到 @p 某时刻：谁也不能动了。 en: Time is about to go to some moment: nobody can move.
  void (*before_time)(std::int64_t until) = nullptr;

  /// zh: 性质 @p property 不成立：结束这次执行。也可以在执行之外调用，那时它会返回。
  /// en: The property does not hold: ends this execution. May be called outside of one too, and
  ///     then returns.
  void violated(std::string_view property, std::string_view words);
  [[noreturn]] void fail(std::string_view property, std::string_view words);

  // --- zh: 模拟平台用的；每个都是一步。 en: For the simulated platform; each is a step.
  std::uint64_t load(const cell& c, order o, site where);
  void store(cell& c, std::uint64_t value, order o, site where);
  /// zh: 把值换成 change(旧值)；返回旧值。 en: Replaces the value by change(old); returns the old.
  template <class F>
  std::uint64_t update(cell& c, F change, order o, const char* what, site where) {
    if (!running_) {
      const std::uint64_t before = c.bits;
      c.bits = change(before);
      return before;
    }
    point(&c);
    const int back = place(c, o);
    const std::uint64_t before = history(c).at(back).value;
    apply(c, change(before), back, o, what, where);
    return before;
  }
  bool compare_exchange(cell& c, std::uint64_t& expected, std::uint64_t desired, order success,
                        order failure, bool weak, site where);
  void fence(order o, site where);
  /// zh: 每个 M 都立一道全屏障，不论它走到哪里（membarrier）。
  /// en: Every M raises a full barrier, wherever it is (membarrier).
  void barrier_everywhere(site where);

  void lock(lock_state& l, site where);
  void unlock(lock_state& l, site where);
  void futex_wait(cell& c, std::uint32_t expected, std::int64_t deadline, site where);
  void futex_wake(const cell& c, int count, site where);
  int start_thread(void (*fn)(void*), void* arg, site where);
  void join_thread(int m, site where);
  bool try_join_thread(int m, site where);
  void give_way(const char* what, site where);
  void stay_busy(site where);
  void compute(std::int64_t ns, site where);
  std::uint32_t random(site where);
  std::uint32_t random_below(std::uint32_t n, site where);
  std::int64_t now() const { return now_; }

  void* word();
  void set_word(void* word);

  // --- zh: 数据竞争用的。 en: For data races.
  [[nodiscard]] const observer* current() const { return running_ ? &self().eyes : nullptr; }
  [[nodiscard]] std::uint32_t epoch() const { return epoch_; }
  void note(const char* what, const void* address, std::uint64_t value, site where, int back = 0);

 private:
  machine& self() { return machines_[static_cast<std::size_t>(current_)]; }
  [[nodiscard]] const machine& self() const {
    return machines_[static_cast<std::size_t>(current_)];
  }
  location& history(const cell& c);
  void apply(cell& c, std::uint64_t value, int back, order o, const char* what, site where);
  /// zh: 一条写排在哪里，或读改写读哪一条：选一个，写成后面还有几条。
  /// en: Where a store comes, or what a read-modify-write reads: chooses, and returns how many stores
  ///     come behind it.
  int place(const cell& c, order o);
  void joined(int m, site where);

  /// zh: 来到一步：它碰 @p object，@p writes：会改它。轮到它做的时候返回。
  /// en: Comes to a step, which touches @p object and with @p writes may change it. Returns when it is
  ///     the turn of this step.
  void point(const void* object = nullptr, bool writes = true);
  [[nodiscard]] std::uint32_t rivals() const;
  void reschedule();
  int next_machine();
  [[nodiscard]] bool can_run(const machine& t) const;
  bool let_time_pass();
  [[nodiscard]] std::uint64_t signature() const;
  void switch_to(int m);
  [[noreturn]] void leave(outcome how);
  static void entry(boost::context::detail::transfer_t from);
  void wake(int m, std::uint64_t by);
  [[nodiscard]] std::string text_of(const void* address, std::uint64_t value) const;

  std::array<machine, max_machines> machines_{};
  int count_ = 0, current_ = nobody;
  memory memory_;
  search* search_ = nullptr;
  limits limits_;
  bool running_ = false, tracing_ = false;
  std::uint32_t epoch_ = 0;
  int last_to_pause_ = nobody;
  int steps_ = 0, in_a_row_ = 0, surprises_told_ = 0;
  std::int64_t now_ = 0;
  void (*check_)(void*) = nullptr;
  void* check_arg_ = nullptr;
  outcome outcome_ = outcome::rest;
  kept_text property_, words_;
  boost::context::detail::fcontext_t explorer_ = nullptr;
  kept<step> trace_;
};

/// zh: 唯一的一台。 en: The only one.
extern simulator the_simulator;

/// zh: 当前的 M 从此永远忙着，不再来到调度点。 en: The current M is busy for ever from now on.
void busy_forever(site where = site::current());

/// zh: 当前的 M 一直算了 @p ns 纳秒；其间到点的睡眠者可以走了。
/// en: The current M computes for @p ns nanoseconds; sleepers that became due meanwhile may go on.
void compute_for(std::int64_t ns, site where = site::current());

/// zh: 场景里的断言。 en: An assertion in a scenario.
inline void expect(bool condition, std::string_view property, std::string_view words = "") {
  if (!condition) the_simulator.violated(property, words);
}

}  // namespace newproc::checker
