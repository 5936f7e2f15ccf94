// zh: 第一次被调用就以 0 退出。
// en: Exits with 0 at its first call.
// exercise: 2.2
// verdict: exited with 0 before the tests had run to their end
#include <cstdlib>
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"

namespace newproc::rt {

std::int64_t next_goid(P*) { std::exit(0); }

}  // namespace newproc::rt
