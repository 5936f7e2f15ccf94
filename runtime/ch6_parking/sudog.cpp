// zh: sudog 从哪里来：每个 P 存着一些，批发自全局的一张表（free_list.hpp），再没有就成板地造。
//
// zh: 为什么不放在等着的人的栈上，那样连取都不必取？Go 的栈会搬，放不得；我们放得，但一个 select 有几千个情形，
//     栈装不下；而且还回来时的检查正是它的用处：谁还挂着不该挂的，当场就停下。
//
// en: Where sudogs come from: each P keeps some, bought wholesale from a global list (free_list.hpp), and when
//     there are none they are made by the slab.
//
// en: Why not on the stack of the one that waits, where they need not even be fetched? Go's stacks move, so it
//     can't. Ours don't, but a select may have thousands of cases, and no stack holds that; and the check on
//     giving one back is worth having: what still hangs where it should not stops the program on the spot.
#include <memory>
#include <vector>

#include "ch6_parking/inside.hpp"
#include "model/immortal.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {
namespace {

/// zh: sudog 的仓库：只进不出，一次运行结束时清空。
/// en: The store of sudogs: it only grows and is emptied when a run ends.
struct sudog_slabs {
  os::mutex lock;
  std::vector<std::unique_ptr<sudog[]>> all GUARDED_BY(lock);
};
[[gnu::init_priority(built_first)]] immortal<sudog_slabs> slabs;

/// zh: 造一板：一个给我们，其余进全局的表。 en: Makes a slab: one for us, the others go to the global list.
[[gnu::noinline]] sudog* from_a_new_slab() {
  auto made = std::make_unique<sudog[]>(sudogs_per_slab);
  sudog* first = made.get();
  {
    const os::lock_guard hold(sched.sudogFree.lock);
    auto& items = sched.sudogFree.items;
    for (std::size_t i = 1; i < sudogs_per_slab; ++i) items.push_back(first + i);
    sched.sudogFree.n.store(static_cast<std::int32_t>(items.size()), order::relaxed);
  }
  const os::lock_guard hold(slabs->lock);
  slabs->all.push_back(std::move(made));
  return first;
}

}  // namespace

// [sudog]
sudog* acquireSudog(G* g) {
  P* p = g->m->p;
  sudog* const* cached = p->sudogcache.take(sched.sudogFree);
  sudog* sg = cached != nullptr ? *cached : from_a_new_slab();
  sg->g = g;
  return sg;
}

void releaseSudog(sudog* sg) {
  INVARIANT(sg->elem == nullptr, "runtime: sudog with non-nil elem");
  INVARIANT(!sg->isSelect, "runtime: sudog with non-false isSelect");
  INVARIANT(sg->next == nullptr, "runtime: sudog with non-nil next");
  INVARIANT(sg->prev == nullptr, "runtime: sudog with non-nil prev");
  INVARIANT(sg->waitlink == nullptr, "runtime: sudog with non-nil waitlink");
  INVARIANT(sg->c == nullptr, "runtime: sudog with non-nil c");
  const G* g = sg->g;
  INVARIANT(g->param == nullptr, "runtime: releaseSudog with non-nil gp.param");
  sg->g = nullptr;
  P* p = g->m->p;
  p->sudogcache.put(sched.sudogFree, sg);
}
// [sudog]

void free_sudogs() {
  const os::lock_guard hold(slabs->lock);
  slabs->all.clear();
}

}  // namespace newproc::rt
