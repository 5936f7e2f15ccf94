// zh: 什么步长都用：4 个 P 走 2 步，两次就回到了起点。
// en: Takes any stride: with 4 Ps and a stride of 2 it is back after two steps.
// earns: is visited twice, and so another is not at all
#include "given.hpp"

namespace newproc::rt {

walk order_of(std::uint32_t count, std::uint32_t random) {
  return {.a = count, .b = random % count, .c = random / count % count + 1};
}

std::uint32_t next_of(walk& w) {
  const std::uint32_t here = w.b;
  w.b = (w.b + w.c) % w.a;
  return here;
}

}  // namespace newproc::rt
