// zh: 手工搭起来的 P 和 G，不启动调度器：队列的函数只认它们。
// en: Ps and Gs built by hand, without starting the scheduler: the queue functions know no more.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "ch3_runqueue/runqueue.hpp"
#include "model/gmp.hpp"

namespace newproc::test {

using rt::G;
using rt::P;

/// zh: 一组 G，只有身份，没有栈。 en: A number of Gs that have an identity and no stack.
class goroutines {
 public:
  explicit goroutines(std::size_t n) : n_(n), all_(std::make_unique<G[]>(n)) {}
  G* operator[](std::size_t i) { return &all_[i]; }
  [[nodiscard]] std::size_t size() const { return n_; }
  /// zh: 是第几个；不是我们的则 -1。 en: Which of ours it is; -1 if it is none.
  [[nodiscard]] int index(const G* g) const {
    return g >= &all_[0] && g < &all_[0] + n_ ? static_cast<int>(g - &all_[0]) : -1;
  }

 private:
  std::size_t n_;
  std::unique_ptr<G[]> all_;
};

/// zh: 32 位下标的起点：0，和离回绕只差一百的地方。
/// en: Where the 32-bit indices start: 0, and a hundred short of wrapping around.
inline constexpr std::uint32_t index_starts[] = {0, 0xffffffffu - 100};

inline void start_at(P* p, std::uint32_t index) {
  p->runqhead.store(index);
  p->runqtail.store(index);
}
inline std::uint32_t ring_length(const P* p) { return p->runqtail.load() - p->runqhead.load(); }

inline void put(P* p, G* g, bool next = false) {
  p->owner.held();
  rt::runqput(p, g, next);
}
inline rt::next_g get(P* p) {
  p->owner.held();
  return rt::runqget(p);
}
inline G* steal(P* p, P* victim, bool stealRunNextG) {
  p->owner.held();
  return rt::runqsteal(p, victim, stealRunNextG);
}
inline G* get_global(P* p, std::int32_t max) {
  p->owner.held();
  const rt::sched_lock_guard hold(rt::sched.lock);
  return rt::globrunqget(p, max);
}
inline void put_global(G* g) {
  const rt::sched_lock_guard hold(rt::sched.lock);
  rt::globrunqput(g);
}

/// zh: 依次取空，得到各个 G 的序号。 en: Takes all there is, one by one; the Gs' numbers.
inline std::vector<int> drain(P* p, const goroutines& gs) {
  std::vector<int> order;
  while (G* g = get(p).g) order.push_back(gs.index(g));
  return order;
}
inline std::vector<int> drain_global(const goroutines& gs) {
  std::vector<int> order;
  const rt::sched_lock_guard hold(rt::sched.lock);
  while (rt::sched.runq.size() != 0) order.push_back(gs.index(rt::sched.runq.pop()));
  rt::sched.runqsize.store(0);
  return order;
}

/// zh: first, first+1 ... 共 n 个。 en: first, first+1 ..., n of them.
inline std::vector<int> counting(int first, int n) {
  std::vector<int> numbers;
  for (int i = 0; i < n; ++i) numbers.push_back(first + i);
  return numbers;
}

/// zh: 每个用例都从崭新的 sched 和两个空 P 开始。
/// en: Each test case begins with a new sched and two empty Ps.
class workbench {
  std::unique_ptr<P> first_ = std::make_unique<P>();
  std::unique_ptr<P> second_ = std::make_unique<P>();

 public:
  workbench() { rt::schedreset(); }
  P* p = first_.get();
  P* other = second_.get();
};

}  // namespace newproc::test
