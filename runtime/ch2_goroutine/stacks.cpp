// zh: 栈：从哪里来，什么时候交给 G，什么时候收回。
//
// zh: 一个 goroutine 到第一次跑时才得到栈，退出时立刻交回。造出来而没跑过的，只是四行缓存；一千个短
//     命的 goroutine 轮流用同一个栈，它一直是热的。若创建时就给栈（Go 的做法：死去的 G 留着它的
//     2 KiB），一千个 G 就是一千页，每页第一次碰到以微秒计（./learn bench 的末行），以后每次都不在
//     缓存里：量过，一个 goroutine 的一生从 30 变成 55 纳秒，存在而没跑过的从 0.3 变成 4.1 KiB。Go 的
//     栈小而可以搬，付得起；我们的栈不能搬，最小也是一页。
//
// zh: 栈来自大块的地址空间，每块 128 个；内核只在碰到时才给内存。每个栈底下是护栏，越界的一步就是段
//     错误，由 find_overflowed 认出来。函数一上来就在自己那一帧的低处写，一步便是一帧；所以护栏同默认
//     的栈一样大：放得进栈的一帧，就跨不过它去。代价是每个栈多半 KiB 的页表。
//
// zh: 染色：若每个栈都从页内同一个偏移开始，一千个停着的 G 就会争抢缓存里同样的几组；所以相邻的栈错
//     开 128 字节，共 16 种。步幅也因此是奇数页：64 页的步幅会让所有栈顶落进 TLB 的四组里。
//
// zh: 没有采用的设计：会移动的栈（Go 的做法；C++ 里有指向栈的裸指针，没有人能改写它们）；
//     分段栈（Go 1.2 的做法，“热分裂”一节课已经付过学费）；malloc 的栈（溢出会悄悄写坏别人）。
//
// en: Stacks: where they come from, when a G gets one, when it is taken back.
//
// en: A goroutine gets its stack at its first run and gives it back as soon as it exits. One that
//     was made and has not run is four cache lines; a thousand short-lived ones take turns on one
//     stack, which stays hot. Were the stack given at creation (as in Go, where a dead G keeps its
//     2 KiB), a thousand Gs would be a thousand pages, microseconds each when first touched (the
//     last row of ./learn bench) and never in the cache again: measured, a goroutine's life goes
//     from 30 to 55 ns, one that exists and has not run from 0.3 to 4.1 KiB. Go's stacks are small
//     and can move, so it can afford that; ours can't move and are a page at least.
//
// en: Stacks come from large ranges of address space, 128 to a range; the kernel gives memory only
//     when it is touched. Below each stack is a guard; a step into it is a segmentation fault, and
//     find_overflowed recognises it. A function that writes at the low end of its frame first takes
//     a step of a whole frame; so the guard is as large as the default stack: a frame that fits
//     into a stack can not step over it. That costs half a KiB of page tables a stack.
//
// en: Colours: if every stack began at the same offset in its page, a thousand parked Gs would
//     fight for the same few sets of the cache; so neighbouring stacks are shifted by 128 bytes, in
//     16 steps. For the same reason the stride is an odd number of pages: at 64 pages all tops
//     would fall into four sets of the TLB.
//
// en: Designs not taken: stacks that move (Go's; in C++ there are raw pointers into them that
//     we can't rewrite); segmented stacks (Go's up to 1.2; the "hot split" has taught its
//     lesson); stacks from malloc (an overflow quietly ruins a neighbour).
#include "ch2_goroutine/stacks.hpp"

#include "ch1_entry/entry.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"
#include "observe/fatal.hpp"
#include "os/die.hpp"

namespace newproc::rt {

[[gnu::init_priority(built_first)]] immortal<stack_pool> stacks;

// [firststack]
void firststack(P* p, G* g) {
  p->owner.held();
  if (g->stack.hi == nullptr) {
    constexpr std::uintptr_t frame_align = 16;  // System V ABI
    g->stack = stackalloc(p);
    const auto top = reinterpret_cast<std::uintptr_t>(g->stack.hi) & ~(frame_align - 1);
    g->stktopsp = reinterpret_cast<std::byte*>(top);
  }
  gostartcallfn(g);
}
// [firststack]

// [stackalloc]
stack stackalloc(P* p) {
  if (const stack* cached = p->stacks.take(sched.stackFree)) return *cached;
  stack made;
  systemstack([&made] { made = stacks->take(sched.stack_bytes); });
  if (made.lo == nullptr)
    fatal("out of memory: no address space left for another goroutine's stack");
  made.identity.create(made.lo, static_cast<std::size_t>(made.hi - made.lo));
  return made;
}

void stackfree(P* p, G* g) {
  g->stack.identity.vacate(g->sched.sp);
  p->stacks.put(sched.stackFree, g->stack);
  g->stack = {};
  g->sched.sp = nullptr;
}
// [stackalloc]

void stack_pool::start(os::guard_mode mode) {
  const os::lock_guard hold(lock_);
  mode_ = mode;
  budget_ = mode == os::guard_mode::protect ? os::protect_budget() : 0;
  unguarded_ = 0;
  taken_ = 0;
}

stack stack_pool::take(std::size_t bytes) {
  const std::size_t stride = stack_guard + bytes + os::page_bytes;
  const os::lock_guard hold(lock_);
  if (regions_.empty() || used_ == stacks_per_region) {
    const std::size_t region_bytes = stride * stacks_per_region;
    std::byte* start = os::reserve(region_bytes);
    if (start == nullptr) return {};
    regions_.push_back({start, region_bytes});
    used_ = 0;
  }
  std::byte* start = regions_.back().start + stride * used_++;
  guard(start);
  const std::size_t colour = taken_++ % stack_colours * stack_colour_bytes;
  return {start + stack_guard, start + stack_guard + bytes - colour, {}};
}

void stack_pool::guard(std::byte* start) {
  const bool may = mode_ != os::guard_mode::protect || budget_ > 0;
  if (may && os::guard(start, stack_guard, mode_)) {
    if (mode_ == os::guard_mode::protect) --budget_;
    return;
  }
  if (unguarded_++ != 0) return;
  os::write_error(
      "newproc: 映射数到了上限，之后的 goroutine 栈没有护栏；请调大 vm.max_map_count\n"
      "newproc: out of memory mappings: further goroutine stacks have no guard page; raise "
      "vm.max_map_count\n");
}

void stack_pool::release_all() {
  const os::lock_guard hold(lock_);
  for (const region& r : regions_) os::release(r.start, r.bytes);
  regions_.clear();
  used_ = 0;
}

}  // namespace newproc::rt
