// zh: 栈与 G 的分配。
//
// zh: 栈来自大块的地址空间，每块 256 个；内核只在碰到时才给内存，所以一个停着的 goroutine 占大约一
//     页。G 自己住在栈顶那一页里：碰 G 和碰它的第一帧是同一次缺页。每个栈的底端是护栏，越界的一步就
//     是段错误，由 find_overflowed 认出来。
//
// zh: 染色：若每个 G 都从页内同一个偏移开始，一千个 G 就会争抢缓存里同样的几组；
//     所以相邻的栈错开 128 字节，共 16 种。
//
// zh: 没有采用的设计：会移动的栈（Go 的做法；C++ 里有指向栈的裸指针，没有人能改写它们）；
//     分段栈（Go 1.2 的做法，“热分裂”一节课已经付过学费）；malloc 的栈（溢出会悄悄写坏别人）。
//
// en: Allocating stacks and Gs.
//
// en: Stacks come from large ranges of address space, 256 to a range; the kernel gives memory only
//     when it is touched, so a parked goroutine costs about one page. The G lives in the top page
//     of its stack: touching the G and touching its first frame is one page fault. At each stack's
//     lower end is a guard; a step across it is a segmentation fault, and find_overflowed
//     recognises it.
//
// en: Colours: if every G began at the same offset in its page, a thousand Gs would fight for the
//     same few sets of the cache; so neighbouring stacks are shifted by 128 bytes, in 16 steps.
//
// en: Designs not taken: stacks that move (Go's; in C++ there are raw pointers into them that
//     nobody can rewrite); segmented stacks (Go's up to 1.2; the "hot split" has taught its
//     lesson); stacks from malloc (an overflow quietly ruins somebody else).
#include <cstdio>
#include <memory>
#include <new>
#include <string>

#include "ch1_entry/entry.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/stacks.hpp"
#include "fatal.hpp"
#include "os/die.hpp"

namespace newproc::rt {

static stack_pool stacks;

// [malg]
G* malg(std::size_t stack_bytes) {
  const stack_slot slot = stacks.take(stack_bytes);
  if (slot.lo == nullptr)
    fatal("out of memory: no address space left for another goroutine's stack");
  const std::size_t colour = (slot.index % stack_colours) * stack_colour_bytes;
  std::byte* where = slot.hi - colour - sizeof(G);
  where -= reinterpret_cast<std::uintptr_t>(where) % cache_line;
  G* g = std::construct_at(reinterpret_cast<G*>(where));
  g->stack_lo = slot.lo;
  g->stack_hi = where;
  g->identity.create(slot.lo, static_cast<std::size_t>(where - slot.lo));
  return g;
}
// [malg]

void allgadd(G* g) {
  THROW_UNLESS(g->status() != Gidle, "allgadd: bad status Gidle");
  const os::lock_guard hold(sched.allglock);
  sched.allgs.push_back(g);
}

void goroutineinit() { stacks.start(os::best_guard_mode()); }

void goroutineend() {
  {
    const os::lock_guard hold(sched.allglock);
    for (G* g : sched.allgs) {
      g->identity.destroy();
      std::destroy_at(g);
    }
    sched.allgs.clear();
  }
  stacks.release_all();
}

G* find_overflowed(const std::byte* address) {
  // zh: 信号处理函数里不能拿锁；出错的只能是当前线程此刻的 G，问它就够。
  // en: No locks in a signal handler; the fault can only be the current thread's current G: ask it.
  G* g = getg();
  if (g == nullptr || g == &g->m->g0 || g->stack_lo == nullptr) return nullptr;
  return address < g->stack_lo && address >= g->stack_lo - stack_guard ? g : nullptr;
}

}  // namespace newproc::rt
