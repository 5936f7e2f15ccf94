// zh: 先放的先取：取到的早已不在缓存里。
// en: First in, first out: what it takes left the cache long ago.
// earns: the last one put must be the first to come
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"

namespace newproc::rt {

G* gfget(P* p) {
  int n = p->gfree.n;
  if (n == 0 && sched.gFree.n.load(order::relaxed) != 0) {
    const os::lock_guard hold(sched.gFree.lock);
    auto& all = sched.gFree.items;
    while (n < gfree_low && !all.empty()) {
      p->gfree.items[static_cast<std::size_t>(n++)] = all.back();
      all.pop_back();
    }
    sched.gFree.n.store(static_cast<std::int32_t>(all.size()), order::relaxed);
    p->gfree.n = n;
  }
  if (n == 0) return nullptr;
  G* g = p->gfree.items.front();
  std::copy(p->gfree.items.begin() + 1, p->gfree.items.begin() + n, p->gfree.items.begin());
  --n;
  p->gfree.n = n;
  return g;
}

void gfput(P* p, G* g) {
  int n = p->gfree.n;
  p->gfree.items[static_cast<std::size_t>(n++)] = g;
  if (n == gfree_high) {
    const os::lock_guard hold(sched.gFree.lock);
    auto& all = sched.gFree.items;
    while (n >= gfree_low) all.push_back(p->gfree.items[static_cast<std::size_t>(--n)]);
    sched.gFree.n.store(static_cast<std::int32_t>(all.size()), order::relaxed);
    p->gfree.n = n;
    return;
  }
  p->gfree.n = n;
}

}  // namespace newproc::rt
