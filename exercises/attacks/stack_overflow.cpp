// zh: 没有底的递归。
// en: A recursion without a bottom.
// exercise: 2.2
// verdict: The program crashed (SIGSEGV)

#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"

[[gnu::noinline]] static int deeper(int n) {
  volatile char room[4096];
  room[n % 4096] = static_cast<char>(n);
  return deeper(n + 1) + room[0];
}

namespace newproc::rt {

std::int64_t next_goid(P*) { return deeper(0); }

}  // namespace newproc::rt
