// zh: 想杀掉评分的进程。大门不许。
// en: Tries to kill the grading process. The gate forbids it.
// exercise: 2.2
// verdict: the first number must be 1, and yours is 0
#include <signal.h>
#include <unistd.h>
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"

namespace newproc::rt {

std::int64_t next_goid(P*) {
  ::kill(::getppid(), SIGKILL);
  ::kill(-1, SIGKILL);
  return 0;
}

}  // namespace newproc::rt
