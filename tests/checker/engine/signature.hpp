// zh: 去过的状态。状态用签名代表：各 M 历史的散列（做过什么、看见了什么）合在一起。两次执行若只是
//     把互不相干的步骤换了次序，历史就相同，后来的那次不必再走下去。散列可能相撞；64 位，
//     一千万个状态里出现相撞的机会约为四十万分之一。
// en: States that were visited. A signature stands for a state: the hashes of all Ms' histories
//     (what they did and saw) put together. Two executions that only swap unrelated steps have the
//     same histories, and the later one need not go on. Hashes may collide; with 64 bits and ten
//     million states the chance is about one in four hundred thousand.
#pragma once

#include "basics.hpp"

namespace newproc::checker {

/// zh: 开放寻址的散列表：签名 -> 当时还剩几个意外。
/// en: An open-addressing hash table: signature -> how many surprises were left.
class state_table {
 public:
  /// zh: 已经带着不少于 @p left 的余量来过？没有就记下。
  /// en: Visited before with at least @p left to spend? If not, notes it.
  bool seen(std::uint64_t signature, int left) {
    if (2 * (used_ + 1) > slots_.size()) grow();
    signature = std::max<std::uint64_t>(signature, 1);  // zh: 0 是空格 en: 0 is an empty slot
    slot& s = find(signature);
    if (s.signature != 0 && s.left >= left) return true;
    if (s.signature == 0) ++used_;
    s = {signature, left};
    return false;
  }
  [[nodiscard]] std::size_t size() const { return used_; }

 private:
  struct slot {
    std::uint64_t signature = 0;
    int left = 0;
  };
  slot& find(std::uint64_t signature) {
    std::size_t i = signature & (slots_.size() - 1);
    while (slots_[i].signature != 0 && slots_[i].signature != signature)
      i = (i + 1) & (slots_.size() - 1);
    return slots_[i];
  }
  void grow() {
    kept<slot> old(std::max<std::size_t>(1024, slots_.size() * 2));
    old.swap(slots_);
    for (const slot& s : old)
      if (s.signature != 0) find(s.signature) = s;
  }

  kept<slot> slots_;
  std::size_t used_ = 0;
};

}  // namespace newproc::checker
