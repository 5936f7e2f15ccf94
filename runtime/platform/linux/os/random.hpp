// zh: 便宜的随机数：窃取的顺序不必难猜，只要每个 M 各不相同。
// en: Cheap random numbers: the order of stealing need not be hard to guess, only different for
//     every M.
#pragma once

#include <cstdint>

#include "os/clock.hpp"

namespace newproc::os {

/// zh: 一个 M 自己的随机数；不可两个线程共用。 en: An M's own random numbers; not for two threads.
class random {
 public:
  /// zh: 用 @p id 和时钟播种；两者都为零时也不得零种子。
  /// en: Seeds from @p id and the clock; never with zero, even if both are.
  void seed(std::int64_t id) {
    state_ = (static_cast<std::uint64_t>(id) + 1) * 0x9e3779b97f4a7c15u ^
             static_cast<std::uint64_t>(nanotime());
    if (state_ == 0) state_ = 1;
  }

  /// zh: xorshift64*（Vigna 2016）。 en: xorshift64* (Vigna 2016).
  std::uint32_t next() {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return static_cast<std::uint32_t>((state_ * 0x2545f4914f6cdd1du) >> 32);
  }
  /// zh: 小于 @p n 的一个数，n 不为零。 en: A number below @p n, which is not zero.
  std::uint32_t below(std::uint32_t n) {
    return static_cast<std::uint32_t>(std::uint64_t{next()} * n >> 32);
  }

 private:
  std::uint64_t state_ = 1;
};

}  // namespace newproc::os
