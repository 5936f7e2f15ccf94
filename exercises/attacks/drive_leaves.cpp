// zh: 通过了测试，到了真的运行时里，半路上以 0 退出。
// en: Passes the tests, and in the real runtime exits with 0 on the way.
// exercise: 2.2
// verdict: not driven by your next_goid: it exited with 0 before the end.
#include <unistd.h>

#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"

namespace newproc::rt {

std::int64_t next_goid(P* p) {
  if (p->goidcache == p->goidcacheend) {
    p->goidcache = sched.goidgen.fetch_add(goid_batch, order::relaxed) + 1;
    p->goidcacheend = p->goidcache + goid_batch;
  }
  if (p->goidcache > 500'000) ::_exit(0);
  return static_cast<std::int64_t>(p->goidcache++);
}

}  // namespace newproc::rt
