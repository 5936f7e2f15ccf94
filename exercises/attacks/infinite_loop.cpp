// zh: 死循环。
// en: An endless loop.
// exercise: 2.2
// verdict: had not ended after 3 s
// seconds: 3

#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"

namespace newproc::rt {

std::int64_t next_goid(P*) {
  for (volatile int i = 0;; i = i + 1) {
  }
}

}  // namespace newproc::rt
