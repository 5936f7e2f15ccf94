// zh: 用深过的栈把内存还给系统。
//
// zh: 一个 goroutine 用过 180 KB 的栈，结束之后那些页还在，栈等着下一个人；一千个就是两百兆。下一个人
//     多半用不到这么深，可是刚结束就还也不对：马上又要用的话，每一页都是一次缺页。所以等：两秒里没有人
//     取过的才还。怎么知道没有人取过？空闲表后进先出，所以只要记住这段时间里表最短到过多少：在那以下
//     的谁也没有碰过。第一页留着，下一个 goroutine 一开始就要用。
//
// zh: 谁来做？还没有 sysmon（第 8 章）。闲下来的 M 反正没有事，就由它来：睡满两秒没有人叫，便起来还一
//     遍，还完再睡；一次只还几个，有人叫就走。创建和结束的路上一条指令也没有多。所有的 M 一直都忙的
//     程序，要等有了 sysmon。
//
// zh: 没有采用的设计：结束时就还（每次一个系统调用，而栈多半马上又要用）；Go 那样在 GC 时还、连同停着
//     的 goroutine 的栈一起缩小（我们没有 GC，栈也不能搬）。
//
// en: Stacks that were used deeply give their memory back.
//
// en: A goroutine has used 180 KB of stack; when it has ended those pages stay, the stack waits for
//     the next, and a thousand of them are two hundred megabytes. The next will hardly go so deep;
//     but to give back at once is wrong too: if it is wanted again soon, each page is a page fault.
//     So wait: only what has not been taken for two seconds goes. How do we know? The free list is
//     last in first out, so it is enough to remember how short the list has been in that time: what
//     lies below that has not been touched. The first page stays, the next goroutine needs it at
//     once.
//
// en: Who does it? There is no sysmon yet (chapter 8). An M that is idle has nothing to do anyway:
//     when it has slept two seconds unwoken it gets up, gives back, and sleeps again; a few at a
//     time, and it goes as soon as it is wanted. Creating and ending goroutines costs not an
//     instruction more. A program whose Ms are all busy all the time must wait for sysmon.
//
// en: Designs not taken: to give back as a goroutine ends (a system call each time, and the stack
//     is mostly wanted again at once); as in Go, which gives back during GC and shrinks the stacks
//     of parked goroutines too (we have no GC, and our stacks can't move).
#include <utility>

#include "ch2_goroutine/goroutine.hpp"
#include "os/clock.hpp"
#include "os/pages.hpp"

namespace newproc::rt {
namespace {

/// zh: 至今结束的 goroutine：没有变，就没有新的栈可还。
/// en: Goroutines ended so far: while that is the same there are no further stacks to give back.
std::uint64_t ended() {
  std::uint64_t n = 0;
  for (const P& p : all_ps()) n += p.goroutinesEnded.load(order::relaxed);
  return n;
}

/// zh: 除了第一页（栈从高处往下长）都还掉。
/// en: Gives back all but the first page (a stack grows down from its top).
void discard_below_first_page(const stack& s) {
  const auto lo = reinterpret_cast<std::uintptr_t>(s.lo);
  const auto last = reinterpret_cast<std::uintptr_t>(s.hi) - 1;
  os::discard(s.lo, last / os::page_bytes * os::page_bytes - lo);
}

/// zh: 闲着的 P 手里的栈也归到全局表：没有人会去用。每个 P 都闲着，就返回真。
/// en: The stacks that idle Ps keep go to the global list too: they won't be used there. True if
///     all Ps are idle.
bool gather_from_idle() EXCLUDES(sched.lock) {
  const sched_lock_guard hold(sched.lock);
  for (P* p = sched.pidle; p != nullptr; p = p->link) p->stacks.put_all(sched.stackFree);
  return sched.npidle.load(order::relaxed) == sched.gomaxprocs;
}

}  // namespace

// [trim]
stack_trimmer::stack_trimmer() {
  if (sched.stackIdle == 0) return;
  due_ = sched.trimAt.load(order::relaxed);
  if (due_ == 0 && ended() == sched.trimmedAtEnds.load(order::relaxed)) return;
  // zh: 只决定由谁来管，表归表的锁 en: it only decides which M is at it; the list has its lock
  mine_ = !sched.trimming.exchange(true, order::relaxed);
  if (!mine_) {
    due_ = 0;
  } else if (due_ == 0) {
    due_ = os::nanotime() + sched.stackIdle;
    sched.trimAt.store(due_, order::relaxed);
  }
}

stack_trimmer::~stack_trimmer() { finish(); }

void stack_trimmer::finish() {
  if (std::exchange(mine_, false)) sched.trimming.store(false, order::relaxed);
}

void stack_trimmer::trim() {
  const std::uint64_t ends = ended();
  const bool all_idle = gather_from_idle();
  bool more_now = false, more_later = false;
  auto& list = sched.stackFree;
  {
    const os::lock_guard hold(list.lock);
    for (int i = 0; i < stacks_per_trim && list.tidied < list.untouched; ++i)
      discard_below_first_page(list.items[list.tidied++]);
    more_now = list.tidied < list.untouched;
    // zh: 一轮做完，新的一轮从现在的长度记起。 en: One round done; the next starts from today's length.
    if (!more_now) list.untouched = list.items.size();
    more_later = list.tidied < list.untouched;
  }
  due_ = more_now ? os::nanotime() : more_later ? os::nanotime() + sched.stackIdle : 0;
  sched.trimAt.store(due_, order::relaxed);
  if (due_ != 0) return;
  // zh: 忙着的 P 手里的，归使它闲下来的那个 M；在那以前，谁也不必为它一再醒来。
  // en: What a busy P keeps is up to the M that lets it become idle; until then no M need wake for
  //     it again and again.
  if (all_idle) sched.trimmedAtEnds.store(ends, order::relaxed);
  finish();
}
// [trim]

}  // namespace newproc::rt
