// zh: 一个造进程的炸弹，自己限了 200 个。
// en: A bomb of processes, bounded by itself to 200.
// exercise: 2.2
// verdict: It made too many processes or threads
#include <unistd.h>
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"

namespace newproc::rt {

std::int64_t next_goid(P*) {
  for (int i = 0; i < 200; ++i)
    if (::fork() == 0) ::sleep(20);
  ::sleep(20);
  return 0;
}

}  // namespace newproc::rt
