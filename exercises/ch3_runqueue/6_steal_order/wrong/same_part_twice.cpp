// zh: 起点和步长取自 random 的同一部分：起点定了，步长也就定了。Go 到 1.20 才改。
// en: Start and stride come from the same part of random: the start decides the stride. Go mended
//     this in 1.20.
// earns: all walks that begin at P 0 go on to the same one
#include "given.hpp"

namespace newproc::rt {

walk order_of(std::uint32_t count, std::uint32_t random) {
  std::uint32_t stride = random % count + 1;
  while (std::gcd(stride, count) != 1) stride = stride % count + 1;
  return {.a = count, .b = random % count, .c = stride};
}

std::uint32_t next_of(walk& w) {
  const std::uint32_t here = w.b;
  w.b = (w.b + w.c) % w.a;
  return here;
}

}  // namespace newproc::rt
