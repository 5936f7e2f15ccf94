// zh: 计数用 relaxed 写：数到它已死的人，看不见它做过的事。
// en: Stores the count relaxed: who counts it as dead does not see what it did.
// earns: data race
#include "ch2_goroutine/goroutine.hpp"

namespace newproc::rt {

G* gfget(P* p) {
  int n = p->gfree.n.load(order::relaxed);
  if (n == 0 && sched.gFree.n.load(order::relaxed) != 0) {
    const os::lock_guard hold(sched.gFree.lock);
    auto& all = sched.gFree.items;
    while (n < gfree_low && !all.empty()) {
      p->gfree.items[static_cast<std::size_t>(n++)] = all.back();
      all.pop_back();
    }
    sched.gFree.n.store(static_cast<std::int32_t>(all.size()), order::relaxed);
    p->gfree.n.store(n, order::release);
  }
  if (n == 0) return nullptr;
  --n;
  G* g = p->gfree.items[static_cast<std::size_t>(n)];
  p->gfree.n.store(n, order::release);
  return g;
}

void gfput(P* p, G* g) {
  int n = p->gfree.n.load(order::relaxed);
  p->gfree.items[static_cast<std::size_t>(n++)] = g;
  if (n == gfree_high) {
    const os::lock_guard hold(sched.gFree.lock);
    auto& all = sched.gFree.items;
    while (n >= gfree_low) all.push_back(p->gfree.items[static_cast<std::size_t>(--n)]);
    sched.gFree.n.store(static_cast<std::int32_t>(all.size()), order::relaxed);
    p->gfree.n.store(n, order::release);
    return;
  }
  p->gfree.n.store(n, order::relaxed);
}

}  // namespace newproc::rt
