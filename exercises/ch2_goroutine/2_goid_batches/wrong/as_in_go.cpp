// zh: 照抄 Go 的减 15：Go 的 Xadd 返回新值，C++ 的 fetch_add 返回旧值。
// en: Copies Go's "minus 15": Go's Xadd returns the new value, C++'s fetch_add the old one.
// earns: the first number must be 1, and yours is -15
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"

namespace newproc::rt {

std::int64_t next_goid(P* p) {
  if (p->goidcache == p->goidcacheend) {
    p->goidcache = sched.goidgen.fetch_add(goid_batch, order::relaxed) - (goid_batch - 1);
    p->goidcacheend = p->goidcache + goid_batch;
  }
  return static_cast<std::int64_t>(p->goidcache++);
}

}  // namespace newproc::rt
