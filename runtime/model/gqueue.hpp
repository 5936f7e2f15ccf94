// zh: 全局队列的容器：一个会长大的环形数组，先进先出。不带锁，由 sched.lock 保护。
//
// zh: Go 用 G 自己的 schedlink 串成链。那样每取一个都要先碰那个 G 的内存，一千个 G 就是一千次缓存未
//     命中，而且一次等完才知道下一个在哪里；数组里的指针挨着放，碰都不必碰 G。量过：每个 go 省下约
//     15 ns。
//
// en: The global queue's container: a circular array that grows, first in first out. It has no
//     lock; sched.lock protects it.
//
// en: Go links Gs through their own schedlink. Then taking one means touching that G's memory
//     first: a thousand Gs are a thousand cache misses, each of which must be waited for to learn
//     where the next one is. In an array the pointers lie side by side and no G is touched.
//     Measured: about 15 ns less per go.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>

#include "model/tunables.hpp"

namespace newproc::rt {

struct G;

/// zh: 本身不同步：调用者握着 sched.lock。
/// en: Not synchronised itself: the caller holds sched.lock.
class gqueue {
 public:
  /// zh: 放到末尾；满了就长一倍，那时可能抛出 std::bad_alloc。
  /// en: Puts @p g last; when full it doubles, and may then throw std::bad_alloc.
  void push(G* g) {
    if (size_ == capacity_) grow();
    slots_[(head_ + size_++) & mask()] = g;
  }
  /// zh: 取下队头，即等得最久的。 en: Takes the head off: whoever has waited longest.
  /// @pre zh: 不空。 en: not empty.
  G* pop() {
    G* g = slots_[head_];
    head_ = (head_ + 1) & mask();
    --size_;
    return g;
  }
  /// zh: 取下队头，同时把 @p g 放到末尾；长度不变。 en: Takes the head off and puts @p g last; the length stays.
  /// @pre zh: 不空。 en: not empty.
  G* rotate(G* g) {
    G* first = slots_[head_];
    head_ = (head_ + 1) & mask();
    slots_[(head_ + size_ - 1) & mask()] = g;
    return first;
  }
  /// zh: 队头，不取下；空则 nullptr。 en: The head, not taken off; nullptr when empty.
  [[nodiscard]] G* front() const { return size_ == 0 ? nullptr : slots_[head_]; }
  /// zh: 不拿锁就想知道的，看 sched.runqsize。 en: Whoever has no lock looks at sched.runqsize.
  [[nodiscard]] std::uint32_t size() const { return size_; }

 private:
  /// zh: 位置与它相与就是槽；先要有数组。
  /// en: A position ANDed with it is a slot; only once there is an array.
  [[nodiscard]] std::uint32_t mask() const { return capacity_ - 1; }
  /// zh: 换一个大一倍的数组（起初 gqueue_at_first），次序不变，队头移到 0。
  /// en: Moves to an array of twice the size (gqueue_at_first at first), in the same order, the head
  ///     at 0.
  void grow() {
    const std::uint32_t larger = capacity_ == 0 ? gqueue_at_first : capacity_ * 2;
    auto slots = std::make_unique<G*[]>(larger);
    for (std::uint32_t i = 0; i < size_; ++i) slots[i] = slots_[(head_ + i) & mask()];
    slots_ = std::move(slots);
    capacity_ = larger;
    head_ = 0;
  }

  std::unique_ptr<G*[]> slots_;
  std::uint32_t capacity_ = 0;  // zh: 2 的幂 en: a power of two
  std::uint32_t head_ = 0;
  std::uint32_t size_ = 0;
};

}  // namespace newproc::rt
