// zh: 读出来，加上，写回去：两个 P 可能读到同一个数。
// en: Reads, adds, writes back: two Ps may read the same number.
// earns: a number was given twice
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"

namespace newproc::rt {

std::int64_t next_goid(P* p) {
  if (p->goidcache == p->goidcacheend) {
    const std::uint64_t taken = sched.goidgen.load(order::relaxed);
    sched.goidgen.store(taken + goid_batch, order::relaxed);
    p->goidcache = taken + 1;
    p->goidcacheend = p->goidcache + goid_batch;
  }
  return static_cast<std::int64_t>(p->goidcache++);
}

}  // namespace newproc::rt
