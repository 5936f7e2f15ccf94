// zh: 静态构造函数里就退出，测试还没有开始。
// en: Exits in a static constructor, before the tests begin.
// exercise: 2.2
// verdict: exited with 0 before the tests had run to their end
#include <unistd.h>
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"

[[gnu::constructor]] static void leave() { ::_exit(0); }

namespace newproc::rt {

std::int64_t next_goid(P*) { return 0; }

}  // namespace newproc::rt
