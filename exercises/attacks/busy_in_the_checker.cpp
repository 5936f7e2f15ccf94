// zh: 在检查器里让自己永远忙着，好让后面的断言都不必执行。
// en: Makes itself busy for ever in the checker, so that no later assertion is reached.
// exercise: 2.2
// verdict: uses the tests' own names
#include "ch2_goroutine/goroutine.hpp"

#if __has_include("engine/explore.hpp")
#include "ch2_goroutine/inside.hpp"
#include "engine/explore.hpp"
#endif

namespace newproc::rt {

std::int64_t next_goid(P* p) {
#if __has_include("engine/explore.hpp")
  checker::busy_forever();
#endif
  if (p->goidcache == p->goidcacheend) {
    p->goidcache = sched.goidgen.fetch_add(goid_batch, order::relaxed) + 1;
    p->goidcacheend = p->goidcache + goid_batch;
  }
  return static_cast<std::int64_t>(p->goidcache++);
}

}  // namespace newproc::rt
