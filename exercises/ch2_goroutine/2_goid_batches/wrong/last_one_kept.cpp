// zh: 末尾少算一个：每批的最后一个号谁也领不到。
// en: The end is one short: the last number of each batch is never handed out.
// earns: alone, a P must get 16 now, and you gave 17
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"

namespace newproc::rt {

std::int64_t next_goid(P* p) {
  if (p->goidcache == p->goidcacheend) {
    p->goidcache = sched.goidgen.fetch_add(goid_batch, order::relaxed) + 1;
    p->goidcacheend = p->goidcache + goid_batch - 1;
  }
  return static_cast<std::int64_t>(p->goidcache++);
}

}  // namespace newproc::rt
