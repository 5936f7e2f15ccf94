// zh: 死去的 G 的缓存，和 goid 的区间：两处“从全局批发，在 P 上零售”。怎样批发，见 free_list.hpp。
//
// zh: Go 有两张全局表（有栈、无栈）；我们的 G 一退出就交回栈，死去的都没有栈，所以一张就够。
//
// en: The cache of dead Gs, and the goid ranges: two cases of "wholesale from the global store,
//     retail on the P". How the wholesale goes is in free_list.hpp.
//
// en: Go has two global lists, with and without stacks; our Gs give their stacks back as they exit,
//     the dead all have none, so one list does.
#include "ch2_goroutine/inside.hpp"

namespace newproc::rt {

// [gfget]
G* gfget(P* p) {
  G* const* g = p->gfree.take(sched.gFree);
  if (g == nullptr) return nullptr;
  if (g != p->gfree.items.data()) prefetch(g[-1]);  // zh: 下一次 go 要用 en: for the next go
  return *g;
}

void gfput(P* p, G* g) { p->gfree.put(sched.gFree, g); }
// [gfget]

// [goid]
std::int64_t next_goid(P* p) {
  if (p->goidcache == p->goidcacheend) {
    // zh: Go 的 Xadd 返回新值，要减 15；C++ 的 fetch_add 返回旧值，所以加 1。
    // en: Go's Xadd returns the new value and subtracts 15; C++'s fetch_add returns the old one, so
    //     we add 1.
    p->goidcache = sched.goidgen.fetch_add(goid_batch, order::relaxed) + 1;
    p->goidcacheend = p->goidcache + goid_batch;
  }
  return static_cast<std::int64_t>(p->goidcache++);
}
// [goid]

}  // namespace newproc::rt
