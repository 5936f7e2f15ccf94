// zh: 以随机的次序把每个 P 恰好访问一次，不用数组，不用分配。
//
// zh: 若步长与 P 的个数互素，从任何位置出发，走满一圈恰好每个都到一次。
//     把所有互素的步长预先算好，随机选一个起点、一个步长，就是一种次序。
//
// en: Visits every P exactly once in a random order, without an array or an allocation.
//
// en: If the stride is coprime to the number of Ps, then from any start a full round meets each one
//     once. All coprime strides are computed in advance; a random start and a random stride make an
//     order.
/// Go: proc.go, randomOrder
#pragma once

#include <array>
#include <cstdint>
#include <numeric>

#include "model/tunables.hpp"

namespace newproc::rt {

/// zh: P 的个数定下之后只读，所以人人可用，不必同步。
/// en: Read only once the number of Ps is fixed: all may use it, nothing need be synchronised.
class steal_order {
 public:
  // [walk]
  /// zh: 走一圈：for (auto w = start(r); !w.done(); w.next()) 用 w.position()。
  /// en: One round: for (auto w = start(r); !w.done(); w.next()) use w.position().
  class walk {
   public:
    /// zh: 每个都到过了。 en: Each one has been visited.
    [[nodiscard]] bool done() const { return left_ == 0; }
    /// zh: 走一步；done 之前才许。 en: One step; only before done.
    void next() {
      --left_;
      position_ = (position_ + stride_) % count_;
    }
    /// zh: 此刻在哪个 P：[0, count)。 en: Which P we are at: [0, count).
    [[nodiscard]] std::uint32_t position() const { return position_; }

   private:
    friend class steal_order;
    walk(std::uint32_t count, std::uint32_t position, std::uint32_t stride)
        : left_(count), count_(count), position_(position), stride_(stride) {}
    std::uint32_t left_, count_, position_, stride_;
  };
  // [walk]

  // [start]
  /// zh: 为 @p count 个 P 算好互素的步长。 en: Computes the coprime strides for @p count Ps.
  void reset(std::uint32_t count) {
    count_ = count;
    strides_ = 0;
    for (std::uint32_t i = 1; i <= count; ++i)
      if (std::gcd(i, count) == 1) coprimes_[strides_++] = static_cast<std::uint16_t>(i);
  }

  /// zh: @p random 决定的一种次序。起点和步长取自它的不同部分，否则二者会相关（Go 1.19 的修正）。
  /// en: The order that @p random decides. Start and stride come from different parts of it, or
  ///     they would be correlated (a correction of Go 1.19).
  [[nodiscard]] walk start(std::uint32_t random) const {
    return {count_, random % count_, coprimes_[random / count_ % strides_]};
  }
  // [start]

  /// zh: 与 P 的个数互素的步长有几个。 en: How many strides are coprime to the number of Ps.
  [[nodiscard]] std::uint32_t strides() const { return strides_; }

 private:
  std::uint32_t count_ = 0, strides_ = 0;
  std::array<std::uint16_t, max_procs> coprimes_{};
};

}  // namespace newproc::rt
