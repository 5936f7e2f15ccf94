// zh: 想在大门之前运行：装载时就要调用的 ifunc。
// en: Tries to run before the gate: an ifunc, which the loader calls.
// exercise: 2.4
// verdict: has something in it that no answer needs (IFUNC)
#include <unistd.h>
#include "ch2_goroutine/goroutine.hpp"

extern "C" {
static int one() { return 1; }
static int (*choose())() { ::_exit(0); }
int chosen() __attribute__((ifunc("_ZL6choosev")));
}

namespace newproc::rt {

std::int64_t next_goid(P*) { return one() - chosen(); }

}  // namespace newproc::rt
