// zh: 放的时候用 release，取的时候用 relaxed：数的人若读到取时写下的个数，剩下的那个做过的事就没有公布给他。
// en: Stores with release when putting and relaxed when taking: who reads the count that the taking wrote
//     is not told what the one that is left did.
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
  p->gfree.n.store(n, order::relaxed);
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
  p->gfree.n.store(n, order::release);
}

}  // namespace newproc::rt
