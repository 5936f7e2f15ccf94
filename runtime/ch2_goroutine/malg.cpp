// zh: G 的分配。
//
// zh: G 住在一兆字节一块的地址空间里，四千个一块，从不归还给系统，只在 gfree 里等着再用；一次运行结
//     束才整块放掉。内核每给一页都要打断一次，以微秒计（./learn bench 的末行），所以每到第 256 个就
//     预先要十六页：一次系统调用，由十几页分摊。
//
// zh: 没有采用的设计：G 住在自己栈顶的那一页里（碰 G 与碰它的第一帧是同一次缺页，但没跑过的也要一
//     页，死去的也占着）；每个 G 一次 new（多一把锁，且四散各处）。
//
// en: Allocating Gs.
//
// en: Gs live in ranges of a megabyte, four thousand to a range; they are never given back to the
//     system but wait in gfree to be used again, until the run ends and whole ranges go. Each page
//     that the kernel supplies is an interruption of microseconds (the last row of ./learn bench),
//     so at every 256th G sixteen pages are asked for in advance, in one system call.
//
// en: Designs not taken: the G in the top page of its stack (touching it and its first frame is one
//     page fault, but one that has not run costs a page too, and so does a dead one); a `new` for
//     each (one more lock, and they are scattered).
#include <memory>
#include <vector>

#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"
#include "ch2_goroutine/stacks.hpp"
#include "model/immortal.hpp"
#include "observe/fatal.hpp"
#include "os/pages.hpp"

namespace newproc::rt {
namespace {

constexpr std::size_t slab_bytes = gs_per_slab * sizeof(G);

/// zh: G 的仓库：只进不出，一次运行结束时才清空。
/// en: The store of Gs: it only grows and is emptied when a run ends.
struct g_slabs {
  os::mutex lock;
  std::vector<std::byte*> all GUARDED_BY(lock);
  std::size_t used GUARDED_BY(lock) = 0;  // zh: 最后一块里的 en: of the last one
};
[[gnu::init_priority(built_first)]] immortal<g_slabs> slabs;

/// zh: 一个 G 那么大的内存，对齐，尚未构造；没有地址空间了则 nullptr。谁都可以调用。
/// en: Memory for one G, aligned, nothing constructed; nullptr when there is no address space left.
///     Anybody may call.
void* place_for_g() {
  const os::lock_guard hold(slabs->lock);
  if (slabs->all.empty() || slabs->used == gs_per_slab) {
    std::byte* start = os::reserve(slab_bytes);
    if (start == nullptr) return nullptr;
    slabs->all.push_back(start);
    slabs->used = 0;
  }
  std::byte* where = slabs->all.back() + slabs->used * sizeof(G);
  if (slabs->used++ % gs_per_populate == 0) os::populate(where, gs_per_populate * sizeof(G));
  return where;
}

}  // namespace

// [malg]
G* malg() {
  void* where = place_for_g();
  if (where == nullptr) fatal("out of memory: no address space left for another goroutine");
  return ::new (where) G;
}
// [malg]

// [allgadd]
void allgadd(G* g) {
  THROW_UNLESS(g->status() != Gidle, "allgadd: bad status Gidle");
  const os::lock_guard hold(sched.allglock);
  sched.allgs.push_back(g);
}
// [allgadd]

void goroutineinit() { stacks->start(os::best_guard_mode()); }

void goroutineend() {
  {
    const os::lock_guard hold(sched.allglock);
    for (G* g : sched.allgs) {
      if (g->stack.hi != nullptr) g->stack.identity.destroy();  // zh: 被放弃的 en: abandoned
      std::destroy_at(g);
    }
    sched.allgs.clear();
  }
  for (int i = 0; i < sched.gomaxprocs; ++i)
    while (stack* s = sched.allp[static_cast<std::size_t>(i)].stacks.take(sched.stackFree))
      s->identity.destroy();
  stacks->release_all();
  const os::lock_guard hold(slabs->lock);
  for (std::byte* start : slabs->all) os::release(start, slab_bytes);
  slabs->all.clear();
  slabs->used = 0;
}

G* find_overflowed(const std::byte* address) {
  // zh: 信号处理函数里不能拿锁；出错的只能是当前线程此刻的 G，问它就够。
  // en: No locks in a signal handler; the fault can only be the current thread's current G: ask it.
  G* g = getg();
  if (g == nullptr || g == &g->m->g0 || g->stack.lo == nullptr) return nullptr;
  return address < g->stack.lo && address >= g->stack.lo - stack_guard ? g : nullptr;
}

}  // namespace newproc::rt
