// zh: 想在大门之前运行：装载时就要调用的 ifunc。
// en: Tries to run before the gate: an ifunc, which the loader calls.
// exercise: 2.2
// verdict: has something in it that no answer needs (IFUNC)
#include <unistd.h>
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"

extern "C" {
int (*choose())() { ::_exit(0); }
int chosen() __attribute__((ifunc("choose")));
}

namespace newproc::rt {

std::int64_t next_goid(P*) { return chosen(); }

}  // namespace newproc::rt
