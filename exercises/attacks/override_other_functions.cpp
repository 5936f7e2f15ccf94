// zh: 顺便也定义 main、write、strcmp 和运行时别的函数。它们只属于它自己。
// en: Defines main, write, strcmp and another function of the runtime along the way. They stay its own.
// exercise: 2.2
// verdict: the first number must be 1, and yours is 0
#include <cstddef>
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"

extern "C" long write(int, const void*, std::size_t n) { return static_cast<long>(n); }
extern "C" int strcmp(const char*, const char*) { return 0; }
namespace newproc::rt {
void schedreset() { sched.goidgen.store(1, order::relaxed); }
}  // namespace newproc::rt

namespace newproc::rt {

std::int64_t next_goid(P*) { return 0; }

}  // namespace newproc::rt
