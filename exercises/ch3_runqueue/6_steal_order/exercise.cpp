// zh: 习题 3.6：窃取的次序。 en: Exercise 3.6: the order of stealing.
#include "given.hpp"

namespace newproc::rt {

walk order_of([[maybe_unused]] std::uint32_t count, [[maybe_unused]] std::uint32_t random) {
  // TODO zh: 用 random 定下这一次的次序。 en: Settle this walk's order by random.
  return {};
}

std::uint32_t next_of([[maybe_unused]] walk& w) {
  // TODO zh: 返回下一个，并记下走到了哪里。 en: Return the next one and note how far it has come.
  return 0;
}

}  // namespace newproc::rt
