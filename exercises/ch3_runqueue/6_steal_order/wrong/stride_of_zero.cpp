// zh: 步长从 0 找起：0 走不动，永远留在原地。
// en: Strides begin at 0: with 0 it never leaves the place where it stands.
// earns: is visited twice, and so another is not at all
#include "given.hpp"

namespace newproc::rt {

walk order_of(std::uint32_t count, std::uint32_t random) {
  std::uint32_t stride = random / count % count;
  while (stride > 1 && std::gcd(stride, count) != 1) --stride;
  return {.a = count, .b = random % count, .c = stride};
}

std::uint32_t next_of(walk& w) {
  const std::uint32_t here = w.b;
  w.b = (w.b + w.c) % w.a;
  return here;
}

}  // namespace newproc::rt
