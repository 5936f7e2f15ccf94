// zh: 想在大门之前运行：自己的 .preinit_array。
// en: Tries to run before the gate: a .preinit_array of its own.
// exercise: 2.2
// verdict: has something in it that no answer needs (.preinit_array)
#include <unistd.h>
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"

static void first() { ::_exit(0); }
[[gnu::section(".preinit_array"), gnu::used]] static void (*const mine)() = first;

namespace newproc::rt {

std::int64_t next_goid(P*) { return 0; }

}  // namespace newproc::rt
