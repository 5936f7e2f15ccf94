// zh: 习题 2.5 的一份正确答案。 en: A right answer to exercise 2.5.
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
    sched.gFree.n.store(static_cast<std::int32_t>(all.size()), order::relaxed);
    p->gfree.n = n;
    return;
  }
  p->gfree.n = n;
}

}  // namespace newproc::rt
