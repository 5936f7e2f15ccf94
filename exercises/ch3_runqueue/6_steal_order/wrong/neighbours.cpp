// zh: 起点是随机的，次序却总是往上数：窃取者们排成一队。
// en: The start is random, but the order always counts upwards: thieves march in a column.
// earns: all walks that begin at P 0 go on to the same one
#include "given.hpp"

namespace newproc::rt {

walk order_of(std::uint32_t count, std::uint32_t random) {
  return {.a = count, .b = random % count, .c = 1};
}

std::uint32_t next_of(walk& w) {
  const std::uint32_t here = w.b;
  w.b = (w.b + w.c) % w.a;
  return here;
}

}  // namespace newproc::rt
