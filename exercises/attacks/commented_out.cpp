// zh: 正确的答案，被注释掉了；剩下的照样编译得过。
// en: The right answer, commented out; what is left compiles all the same.
// exercise: 2.2
// verdict: the first number must be 1, and yours is 0

#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"

namespace newproc::rt {

std::int64_t next_goid(P*) {
#if 0
  if (p->goidcache == p->goidcacheend) {
    p->goidcache = sched.goidgen.fetch_add(goid_batch, order::relaxed) + 1;
    p->goidcacheend = p->goidcache + goid_batch;
  }
  return static_cast<std::int64_t>(p->goidcache++);
#endif
  return 0;
}

}  // namespace newproc::rt
