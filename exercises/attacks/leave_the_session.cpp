// zh: 留下一个想离开这一群的孩子，让它活得比测试久。
// en: Leaves a child behind that tries to leave the group and outlive the tests.
// exercise: 2.2
// verdict: the first number must be 1, and yours is 0
#include <unistd.h>
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"

namespace newproc::rt {

std::int64_t next_goid(P*) {
  if (::fork() == 0) {
    ::setsid();
    if (::fork() == 0) ::sleep(20);
    ::_exit(0);
  }
  return 0;
}

}  // namespace newproc::rt
