// zh: 选择与搜索。一次执行里不由程序决定的每件事都是一个选择：接着谁跑、读到哪条写、有没有无故醒
//     来。所有选择记在一条带子上，照着带子就能重演同一次执行。
//
// zh: 每个选择的 0 号是“寻常”的：继续跑、读最新的、不出意外。其余的是“意外”，先试没有意外的执行，
//     再试一个、两个……：最先找到的失败，意外最少，最容易看懂。
//
// en: Choices and the search. Whatever the program does not decide in an execution is a choice:
//     which M goes on, which store is read, whether one wakes for no reason. All choices are
//     written to a tape, and the tape plays the same execution again.
//
// en: Number 0 of every choice is the ordinary one: go on, read the newest, nothing odd. The others
//     are surprises. First come executions without a surprise, then with one, with two: the first
//     failure found has the fewest and is the easiest to understand.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "basics.hpp"
#include "signature.hpp"

namespace newproc::checker {

enum class choice_kind : char {
  machine = 'm',  // zh: 接着谁跑 en: who goes on
  load = 'l',     // zh: 读第几新的 en: which store is read, counted from the newest
  place = 'p',    // zh: 写排在哪里 en: where a store comes in modification order
  sleep = 's',  // zh: futex：睡，无故醒，立刻到时 en: futex: sleep, wake spuriously, time out
  waiter = 'w',   // zh: 叫醒哪一个 en: which waiter wakes
  failure = 'f',  // zh: 弱 CAS 无故失败 en: a weak CAS fails spuriously
  random = 'r',   // zh: 随机数 en: a random number
};

struct choice {
  choice_kind kind;
  std::uint8_t options;
  std::uint8_t taken;
  bool costly;         // zh: 非零的选项算一个意外 en: options other than 0 are surprises
  std::uint16_t left;  // zh: 选之前还剩几个意外 en: surprises left before it
};

enum class strategy { systematic, pct, pos, random, replay };

inline constexpr int unbounded = 0xffff;

class search {
 public:
  /// zh: 系统地搜索至多 @p surprises 个意外的执行。
  /// en: Searches all with at most that many surprises.
  void systematic(int surprises);
  /// zh: 随机。pct：每个 M 一个随机的优先级，在 @p depth-1 个随机的时刻改变。pos（partial order
  ///     sampling）：每一步一个随机的优先级，与刚做的那一步相争的重新抽。
  /// en: At random. pct: each M has a random priority, changed at depth-1 random moments. pos (partial
  ///     order sampling): each step has a random priority, and those that contend with the step just
  ///     made draw theirs anew.
  void randomly(strategy how, std::uint64_t seed, int depth);
  /// zh: 照着 schedule() 的文字重演。 en: Plays what schedule() has written.
  void replay(std::string_view schedule);

  /// zh: 一次执行开始；结束之后 advance 备好下一次，没有了则返回假。
  /// en: An execution begins; after it advance prepares the next, false when there is none.
  void begin();
  bool advance();

  /// zh: 从 @p options 个里选一个。 en: Chooses one of @p options.
  int choose(choice_kind kind, int options, bool costly);
  /// zh: 接着谁跑：@p able 的头一个是寻常的。
  /// en: Who goes on: the first of @p able is the boring one.
  int choose_machine(std::span<const int> able);
  /// zh: 状态 @p signature 已经带着至少这么多意外探索过了吗？
  /// en: Was the state @p signature explored before with at least as many surprises left?
  bool seen_before(std::uint64_t signature);
  /// zh: PCT：这个 M 让开了，排到最后。 en: PCT: this M gave way, it comes last.
  void gave_way(int machine) { priorities_[static_cast<std::size_t>(machine)] = --lowest_; }
  void stepped(int machine);
  /// zh: POS：这个 M 做了一步，@p rivals 里的（一位一个）与它相争。
  /// en: POS: this M has made a step, and those in @p rivals (a bit each) contend with it.
  void performs(int machine, std::uint32_t rivals);
  /// zh: 公平规则打断了一个 M，或一个选择放不下所有的可能：系统的搜索因此不再完整。
  /// en: The fairness rule interrupted an M, or a choice had no room for all possibilities: a
  ///     systematic search is no longer complete.
  void cut_short() { bounded_ = true; }

  /// zh: 走过的路，写成文字。 en: The path taken, as text.
  [[nodiscard]] std::string schedule() const;
  [[nodiscard]] int surprises() const { return used_; }
  [[nodiscard]] std::size_t choices() const { return position_; }
  [[nodiscard]] std::size_t states() const { return states_.size(); }
  /// zh: 上一次系统搜索里，有没有因意外用完而没走的路。
  /// en: Whether the systematic search left a path because its surprises were used up.
  [[nodiscard]] bool was_bounded() const { return bounded_; }

 private:
  // zh: 还剩几个意外 en: surprises left
  [[nodiscard]] int left() const { return limit_ == unbounded ? unbounded : limit_ - used_; }
  int decide(choice_kind kind, int options, std::span<const int> able);
  // zh: 接着谁跑，由优先级定 en: priorities decide who goes on
  [[nodiscard]] bool by_priority() const { return how_ == strategy::pct || how_ == strategy::pos; }
  std::int64_t new_priority();
  std::uint64_t draw();

  strategy how_ = strategy::systematic;
  kept<choice> tape_;
  std::size_t position_ = 0;
  int limit_ = 0, used_ = 0;
  bool bounded_ = false;
  state_table states_;
  std::uint64_t shape_ = 0;  // zh: 全部选择的形状 en: the shapes of all choices
  // zh: 随机的 en: for the random ones
  std::uint64_t random_ = 1;
  std::array<std::int64_t, max_machines> priorities_{};
  kept<long> change_points_;
  std::int64_t lowest_ = 0;
  long steps_ = 0, longest_ = 100;
  int depth_ = 3;
  // zh: 重演 en: for replay
  struct pinned {
    std::size_t index;
    choice_kind kind;
    int options, taken;
  };
  kept<pinned> pinned_;
  std::size_t next_pinned_ = 0;
};

}  // namespace newproc::checker
