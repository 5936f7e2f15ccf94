// zh: 要一百 GB 内存。
// en: Asks for 100 GB of memory.
// exercise: 2.2
// verdict: an exception was thrown: std::bad_alloc
#include <vector>
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"

namespace newproc::rt {

std::int64_t next_goid(P*) {
  const std::vector<char> all(std::size_t{100} << 30, 1);
  return all[12345];
}

}  // namespace newproc::rt
