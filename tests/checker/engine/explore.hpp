// zh: 场景与探索：测试和习题用的界面。
//
// zh: 场景是一个小程序：init 备好世界，每个 machine 是一个 M 从头跑到尾的函数，always 在每一步之前
//     查一次，at_rest 在谁也不能再动的时候查。explore 先走意外最少的执行，再走多一个的；走得完就去
//     掉界限再走一遍，那时的结论是“证明”（在模型之内）；走不完就换按优先级的随机搜索。
//
// en: Scenarios and exploration: the interface for tests and exercises.
//
// en: A scenario is a small program: init prepares the world, each machine is what one M runs from
//     beginning to end, always is asked before every step, at_rest when nobody can move any more.
//     explore walks the executions with the fewest surprises first, then with one more; where that
//     ends it walks again without a bound, and the verdict is "proved" (within the model); where it
//     does not it goes on at random, by priorities.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "simulator.hpp"

namespace newproc::checker {

class scenario {
 public:
  using function = std::function<void()>;

  explicit scenario(std::string name) : name_(std::move(name)) {}
  scenario& init(function f) { return init_.push_back(std::move(f)), *this; }
  scenario& machine(function f) { return machines_.push_back(std::move(f)), *this; }
  scenario& always(function f) { return always_.push_back(std::move(f)), *this; }
  scenario& at_rest(function f) { return at_rest_.push_back(std::move(f)), *this; }
  /// zh: 结束时有 M 睡着是正常的，不算死锁。 en: Ms asleep at the end are fine and no deadlock.
  scenario& ends_asleep() { return ends_asleep_ = true, *this; }
  /// zh: 每次执行都必须以致命错误 @p words 告终，别的结局都是失败。
  /// en: Each execution must end in the fatal error @p words; any other end is a failure.
  scenario& ends_in_fatal(std::string words) { return fatal_ = std::move(words), *this; }
  /// zh: 故事开头的话：谁做什么，起先是什么样子（“中文 / English”）。
  /// en: What a story begins with: who does what, and how things stand ("Chinese / English").
  scenario& opening(std::string words) { return opening_ = std::move(words), *this; }
  scenario& steps(int n) { return limits_.steps = n, *this; }
  scenario& fairness(int n) { return limits_.fairness = n, *this; }
  scenario& spurious(int n) { return limits_.spurious = n, *this; }

  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  friend class explorer;
  std::string name_;
  std::vector<function> init_, machines_, always_, at_rest_;
  bool ends_asleep_ = false;
  std::string fatal_, opening_;
  limits limits_;
};

/// zh: 花多少力气。只数执行，不看钟：结论与机器的快慢无关。
/// en: How much effort to spend. Executions are counted and no clock is looked at: the verdict does
///     not depend on how fast the machine is.
struct effort {
  int surprises = 4;          // zh: 至多几个意外 en: surprises at most
  bool prove = true;          // zh: 之后再试无界的 en: then try without a bound
  long executions = 100'000;  // zh: 系统的搜索至多几次 en: systematic executions at most
  long thorough = 0;  // zh: CHECKER_THOROUGH 时的执行数，并要证明 en: when thorough, and prove
  long by_priority = 0;  // zh: 再用 PCT 走几次 en: then so many by PCT
  long by_order = 0;     // zh: 再用 POS 走几次 en: then so many by POS
  long at_random = 0;
  int depth = 3;  // zh: PCT 的深度 en: PCT's depth
  std::uint64_t seed = 1;
};

enum class verdict { proved, bounded, failed };

struct report {
  std::string name;
  verdict result = verdict::bounded;
  int surprises = -1;  // zh: 走完了的意外数，或失败用了几个 en: completed bound, or of the failure
  long executions = 0, steps = 0;
  int longest = 0;
  std::size_t states = 0;
  double seconds = 0;  // zh: 只是告诉人的 en: for people to know, and for nothing else
  std::string opening, property, words, schedule;
  std::vector<step> trace;

  [[nodiscard]] bool ok() const { return result != verdict::failed; }
  /// zh: 一行的结论。 en: The verdict in a line.
  [[nodiscard]] std::string summary() const;
  /// zh: 结论；失败的话连同故事。 en: The verdict, and for a failure its story.
  [[nodiscard]] std::string text() const;
};

/// zh: 探索。环境变量可以改它的力气（CHECKER_EXECUTIONS）、让它只重演（CHECKER_REPLAY）、
///     把结论另写一份（CHECKER_REPORT，见 append）。
/// en: Explores. Variables of the environment may change its effort (CHECKER_EXECUTIONS), let it
///     replay only (CHECKER_REPLAY), and have the verdict written down as well (CHECKER_REPORT, see
///     append).
report explore(const scenario& s, effort e = {});

/// zh: 两步之间的代码若自己转圈，谁也等不到下一步：用掉这么多秒 CPU 还没有走一步，就说出来并中止。
/// en: Where code between two steps loops by itself the next step never comes: after that many seconds
///     of CPU without a step this is told, and the program aborts.
inline int seconds_without_a_step = 10;

/// zh: 要全力以赴吗（CHECKER_THOROUGH）？ en: Is all the effort wanted (CHECKER_THOROUGH)?
bool thorough();

/// zh: 一行 JSON：结论、两种语言的故事、每一步。
/// en: A line of JSON: the verdict, the story in both languages, each step.
std::string as_json(const report& r);

/// zh: 把它添在文件 @p path 末尾。 en: Appends it to the file @p path.
void append(const report& r, const char* path);

/// zh: 重演一次执行；形状不符就中止。 en: Plays an execution again; aborts if its shape differs.
report replay(const scenario& s, const std::string& schedule);

}  // namespace newproc::checker
