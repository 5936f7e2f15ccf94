// zh: 内存模型：一次读可以读到哪些写，一次写可以排在哪里。
//
// zh: 每个原子变量留着写过的全部值，按修改次序排列。一个 M 有两个时钟：happened 是真正的先行发生
//     （happens-before），只用来找数据竞争；visible 是“非看见不可”，它还包括 seq_cst 屏障带来的
//     知识。每条写记着各 M 最早在什么时刻知道它；从最新的往回走，走到第一条 visible 已经知道的为止：
//     读可以读到这一段里的每一条，写可以排在其中每一条的后面。所以缺一道屏障、弱一级内存序，就真的会读
//     到旧值，两个 M 的写也真的会颠倒。读改写紧跟着它读到的那一条，中间不许再插进别的。
//
// zh: 没有模拟的，oracle/ 拿 C++20 的公理逐个程序比过，恰好是两样：读到将来的写（load buffering、凭空
//     出现的值），因为检查器按程序次序执行；seq_cst 操作的次序与执行的次序不同。
//
// en: The memory model: which stores a load may return, and where a store may come.
//
// en: Every atomic keeps all the values that were stored, in modification order. An M has two
//     clocks: `happened` is the true happens-before and serves to find data races only; `visible`
//     is what the M cannot fail to see, and includes what seq_cst fences teach. Each store
//     remembers when each M first knew of it. Walk back from the newest to the first that `visible`
//     already knows: a load may return any of these, and a store may come right behind any of them.
//     So a missing fence or a weakened order really reads stale values and really swaps the stores
//     of two Ms. A read-modify-write comes right behind what it read, and nothing may come in
//     between.
//
// en: Not modelled are two things; oracle/ compares with C++20's axioms, program by program, and there
//     is no third. Reading from the future (load buffering, values out of thin air), for the checker
//     executes in program order. And an order of seq_cst operations other than that of execution.
#pragma once

#include <atomic>

#include "basics.hpp"

namespace newproc::checker {

using order = std::memory_order;

/// zh: 源码里的一处；作为默认参数，就是调用者所在的那一处。std::source_location 要 Clang 15 起才
///     有。
/// en: A place in the source; as a default argument, the caller's. std::source_location needs Clang
///     15.
struct site {
  const char* file = "";
  const char* function = "";
  unsigned line = 0;
  static constexpr site current(const char* file = __builtin_FILE(),
                                const char* function = __builtin_FUNCTION(),
                                unsigned line = __builtin_LINE()) {
    return {file, function, line};
  }
};

constexpr bool acquires(order o) {
  return o == order::acquire || o == order::acq_rel || o == order::seq_cst || o == order::consume;
}
constexpr bool releases(order o) {
  return o == order::release || o == order::acq_rel || o == order::seq_cst;
}

/// zh: 两个时钟总是一起走。 en: The two clocks always travel together.
struct knowledge {
  clock visible, happened;
  void join(const knowledge& other) {
    visible.join(other.visible);
    happened.join(other.happened);
  }
};

/// zh: 内存眼里的一个 M。 en: An M in the memory's eyes.
struct observer {
  int id = nobody;
  knowledge now;
  knowledge fetched;  // zh: 等着 acquire 屏障来兑现 en: waits for an acquire fence to cash it in
  knowledge fenced;  // zh: 最近一次 release 屏障时知道的 en: what the last release fence knew
  std::uint64_t history = 0;  // zh: 它做过、看过的一切的散列 en: a hash of all it did and saw

  void tick();
  void learn(std::uint64_t event) { history = mix(history, event); }
};

/// zh: 修改次序里的一条。 en: One entry of a modification order.
struct store_record {
  std::uint64_t value = 0;
  std::uint64_t hash = 0;
  knowledge released;
  std::array<std::uint32_t, max_machines + 1> seen{};  // zh: 0：还不知道 en: 0: not known yet
  std::array<std::uint8_t, max_machines> stale_reads{};
  // zh: 读改写：紧跟着它读到的 en: a read-modify-write: right behind what it read
  bool update = false;
  int writer = nobody;
  // zh: 写者的 happened 走到哪里 en: where its writer's `happened` stood
  std::uint32_t written = 0;
  site where{};

  [[nodiscard]] bool known(const clock& visible) const;
  /// zh: 它先行发生于 @p happened 吗？ en: Does it happen before @p happened?
  [[nodiscard]] bool before(const clock& happened) const {
    return writer != nobody && written <= happened.at[static_cast<std::size_t>(writer)];
  }
};

struct location {
  std::uint64_t id = 0;
  kept<store_record> stores;
  [[nodiscard]] const store_record& newest() const { return stores.back(); }
  /// zh: 从最新往回数第 @p back 条。 en: The store @p back places behind the newest.
  [[nodiscard]] const store_record& at(int back) const { return stores[index(back)]; }
  [[nodiscard]] store_record& at(int back) { return stores[index(back)]; }
  /// zh: 可以插进一条写，让它后面还有 @p back 条吗？不可以拆开读改写和它读到的。
  /// en: May a store come in with @p back stores behind it? Not between a read-modify-write and
  ///     what it read.
  [[nodiscard]] bool open(int back) const { return back == 0 || !at(back - 1).update; }

 private:
  [[nodiscard]] std::size_t index(int back) const {
    return stores.size() - 1 - static_cast<std::size_t>(back);
  }
};

/// zh: 一个 M 可以连续几次读到同一条旧写。C++ 只说写“在有限时间内”可见；没有上限，
///     一个等待的循环就可以永远读旧值。
/// en: How often an M may read one and the same stale store. C++ only says that stores become
///     visible in finite time; without a limit a waiting loop could read the stale value for ever.
inline constexpr int stale_patience = 4;

class memory {
 public:
  /// zh: 忘掉一切。 en: Forgets everything.
  void reset();

  /// zh: 一个新变量，值为 @p initial；返回它的编号。 en: A new variable; returns its number.
  std::uint32_t add(const void* address, std::uint64_t initial);
  location& at(std::uint32_t index) { return locations_[index]; }

  /// zh: @p l 最新的几条里，@p who 只非知道最老的那一条不可（至少一条）：它的写可以排在其中任何一条后面。
  /// en: How many of the newest stores of @p l there are of which @p who cannot fail to know the oldest
  ///     only (at least one): a store of its own may come behind any of them.
  [[nodiscard]] int reachable(const location& l, const observer& who, order o) const;
  /// zh: 其中可以读到的几条：同一条旧写读过 stale_patience 次，就不再读它。
  /// en: How many of these it may read: not one that it has read stale_patience times as a stale one.
  [[nodiscard]] int readable(const location& l, const observer& who, order o) const;

  /// zh: 读从最新往回数第 @p back 条。 en: Reads the store @p back places behind the newest.
  std::uint64_t load(location& l, int back, observer& who, order o);
  /// zh: 写：修改次序里它后面还有 @p back 条。
  /// en: A store, with @p back others behind it in modification order.
  void store(location& l, std::uint64_t value, int back, observer& who, order o, site where);
  /// zh: 读改写：读从最新往回数第 @p back 条，排在它紧后面，并延续它的释放序列。
  /// en: A read-modify-write: reads the store @p back places behind the newest, comes right behind
  ///     it and continues its release sequence.
  void update(location& l, std::uint64_t value, int back, observer& who, order o, site where);
  void fence(observer& who, order o);

 private:
  void insert(location& l, store_record r, int back, observer& who, order o);

  kept<location> locations_;
  std::size_t used_ = 0;
  clock sc_;  // zh: S 知道的 en: what S knows
  // zh: 先行发生于某道 seq_cst 屏障的 en: what happens before a seq_cst fence
  clock before_fences_;
  std::uint64_t sc_history_ = 0;
};

}  // namespace newproc::checker
