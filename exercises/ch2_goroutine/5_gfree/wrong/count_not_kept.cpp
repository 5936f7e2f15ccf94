// zh: 挪走了，却忘了全局表的计数：别的 P 看它是 0，永远不来取。
// en: Moves them and forgets the global count: other Ps read 0 there and never come to take any.
// earns: the global list has 33, and its count (sched.gFree.n) says 0
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
  --n;
  G* g = p->gfree.items[static_cast<std::size_t>(n)];
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
    p->gfree.n = n;
    return;
  }
  p->gfree.n = n;
}

}  // namespace newproc::rt
