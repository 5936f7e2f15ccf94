// zh: 步长与 count 互素，从任何位置出发，走满一圈恰好每个都到一次。起点取自 random 除以 count 的余
//     数，步长取自商：两个互不相干的部分。运行时把互素的步长预先列成表，这里从商指定的地方往后找。
// en: If the stride is coprime to count, a full round meets each one once, wherever it begins. The
//     start is taken from the remainder of random by count, the stride from the quotient: two parts
//     that have nothing to do with each other. The runtime has a table of all coprime strides; here
//     the next one is looked for from where the quotient points.
#include <numeric>

#include "given.hpp"

namespace newproc::rt {

walk order_of(std::uint32_t count, std::uint32_t random) {
  std::uint32_t stride = random / count % count + 1;
  while (std::gcd(stride, count) != 1) stride = stride % count + 1;
  return {.a = count, .b = random % count, .c = stride};
}

std::uint32_t next_of(walk& w) {
  const std::uint32_t here = w.b;
  w.b = (w.b + w.c) % w.a;
  return here;
}

}  // namespace newproc::rt
