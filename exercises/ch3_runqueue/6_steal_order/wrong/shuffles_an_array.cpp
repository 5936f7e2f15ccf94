// zh: 洗一个公用的数组：另一个 M 一来，正在走的人手里的牌就被换掉了。
// en: Shuffles an array that all share: as soon as another M comes, the one that is walking has a
//     different order in hand.
// earns: two Ms walk at the same time, and your walks get mixed up
#include "given.hpp"

namespace newproc::rt {

namespace {

std::array<std::uint32_t, 1024> cards;

}  // namespace

walk order_of(std::uint32_t count, std::uint32_t random) {
  for (std::uint32_t i = 0; i < count; ++i) cards[i] = i;
  for (std::uint32_t i = count; i > 1; --i) {
    random = random * 1664525 + 1013904223;
    std::swap(cards[i - 1], cards[(random >> 8) % i]);
  }
  return {};
}

std::uint32_t next_of(walk& w) { return cards[w.a++]; }

}  // namespace newproc::rt
