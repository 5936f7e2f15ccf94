// zh: 编号大了就写空指针：测试领不到那么大的号，真的运行时领得到。
// en: Writes through a null pointer once the numbers are large: the tests never get so far, the real
//     runtime does.
// exercise: 2.2
// verdict: not driven by your next_goid: the program crashed (SIGSEGV). By then at least
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"

namespace newproc::rt {

std::int64_t next_goid(P* p) {
  if (p->goidcache == p->goidcacheend) {
    p->goidcache = sched.goidgen.fetch_add(goid_batch, order::relaxed) + 1;
    p->goidcacheend = p->goidcache + goid_batch;
  }
  if (p->goidcache > 500'000) *static_cast<volatile int*>(nullptr) = 0;
  return static_cast<std::int64_t>(p->goidcache++);
}

}  // namespace newproc::rt
