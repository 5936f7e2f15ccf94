// zh: 步长是随机的，起点总是 0：P 0 总被第一个偷。
// en: The stride is random, but it always begins at 0: P 0 is always the first to be robbed.
// earns: each should come first about 100 times
#include "given.hpp"

namespace newproc::rt {

walk order_of(std::uint32_t count, std::uint32_t random) {
  std::uint32_t stride = random % count + 1;
  while (std::gcd(stride, count) != 1) stride = stride % count + 1;
  return {.a = count, .b = 0, .c = stride};
}

std::uint32_t next_of(walk& w) {
  const std::uint32_t here = w.b;
  w.b = (w.b + w.c) % w.a;
  return here;
}

}  // namespace newproc::rt
