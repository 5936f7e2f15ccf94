// zh: 没完没了地输出。
// en: Writes output without end.
// exercise: 2.2
// verdict: It wrote too much output
#include <cstdio>
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"

namespace newproc::rt {

std::int64_t next_goid(P*) {
  for (;;) std::puts("passed passed passed passed passed passed passed passed");
}

}  // namespace newproc::rt
