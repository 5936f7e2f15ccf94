// zh: 设好 LD_PRELOAD，重新执行自己。大门不许 exec。
// en: Sets LD_PRELOAD and executes itself anew. The gate forbids exec.
// exercise: 2.2
// verdict: the first number must be 1, and yours is 0
#include <stdlib.h>
#include <unistd.h>
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"

namespace newproc::rt {

std::int64_t next_goid(P*) {
  ::setenv("LD_PRELOAD", "/tmp/forger.so", 1);
  ::execl("/proc/self/exe", "test", nullptr);
  return 0;
}

}  // namespace newproc::rt
