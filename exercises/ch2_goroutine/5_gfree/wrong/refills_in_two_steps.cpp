// zh: 补货分成两次拿锁：先抄，再删。这期间别人抄走了同样的几个。
// en: Refills under the lock, but twice: copies first, removes then. In between another copies the
//     same ones.
// earns: a dead G was handed out twice
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"

namespace newproc::rt {

G* gfget(P* p) {
  int n = p->gfree.n;
  if (n == 0 && sched.gFree.n.load(order::relaxed) != 0) {
    auto& all = sched.gFree.items;
    {
      const os::lock_guard hold(sched.gFree.lock);
      n = std::min(gfree_low, static_cast<int>(all.size()));
      std::copy(all.end() - n, all.end(), p->gfree.items.begin());
    }
    const os::lock_guard hold(sched.gFree.lock);
    all.resize(all.size() - std::min(all.size(), static_cast<std::size_t>(n)));
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
  }
  p->gfree.n = n;
}

}  // namespace newproc::rt
