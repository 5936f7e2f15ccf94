// zh: 数据模型，一页看完：G、M、P 和 sched。它们的零件在 parts.hpp。
//
// zh: G 是 goroutine：它的栈、它停在哪里、它的状态。M 是操作系统线程。P 是运行 Go 代码的权利，连同
//     这项权利所带的东西：本地队列、空闲 G、goid 区间。要跑一个 G，M 必须握有一个 P。为什么要有 P：
//     状态若跟着 M 走，阻塞在系统调用里的 M 会把队列一起带走；若放在全局，人人争一把锁。
//
// zh: 每个字段说明它是什么、由哪一章引入（[2] 就是第 2 章），按谁可以碰它分组。GUARDED_BY(锁)：要拿那
//     把锁；atomic：谁都可以碰，内存序写在用处；其余的归主人：G 的归正在跑它或正握着它的 M，M 的归它自
//     己的线程，P 的归握有它的 M。
//
// en: The data model on one page: G, M, P and sched. Their parts are in parts.hpp.
//
// en: A G is a goroutine: its stack, where it stopped, its state. An M is an OS thread. A P is the
//     right to run Go code, with what goes with that right: a local queue, free Gs, a goid range.
//     To run a G an M must hold a P. Why Ps at all: if the state belonged to the M, one that blocks
//     in a system call would take its queue along; if it were global, all would fight for one lock.
//
// en: Each field says what it is and which chapter brings it in ([2] is chapter 2); fields are
//     grouped by who may touch them. GUARDED_BY(lock): take that lock. atomic: anybody may, the
//     order stands where it is used. Every other field has one owner: a G's is the M that runs or
//     holds it, an M's its own thread, a P's the M that holds it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

// zh: 用尖括号：由 include 路径决定，检查器把它的小尺寸放在前面。
// en: Angle brackets: the include path decides, and the checker puts its small sizes first.
#include <model/tunables.hpp>

#include "model/counters.hpp"
#include "model/free_list.hpp"
#include "model/gqueue.hpp"
#include "model/immortal.hpp"
#include "model/parts.hpp"
#include "model/spinners.hpp"
#include "model/steal_order.hpp"
#include "os/atomic.hpp"
#include "os/mutex.hpp"
#include "os/random.hpp"
#include "os/thread.hpp"
#include "platform/annotations.hpp"

namespace newproc::rt {

struct M;
struct P;
struct sudog;
struct funcval;

/// zh: 一个 goroutine，四行缓存。前两行是每次创建、每次切换都要碰的；闭包自己占最后一行。没跑过的就
///     是这四行，没有栈。
/// en: A goroutine, four cache lines. The first two are touched by each creation and switch; the
///     closure has the last for itself. One that has not run is these four lines and has no stack.
/// Go: runtime2.go, g
struct alignas(cache_line) G {
  // zh: [1] 停在哪里；sp 为空：还没开始跑 en: [1] where it stopped; sp null: it has not begun to run
  gobuf sched;
  // zh: [1] 它的函数：闭包怎样调用 en: [1] its function: how the closure is called
  const funcval* startfn = nullptr;
  // zh: [1] 正在跑它的 M，没有则空 en: [1] the M that runs it, null if none does
  os::var<M*> m = nullptr;
  // zh: [2] 编号，公布之前给定 en: [2] its number, given before it is published
  std::int64_t goid = 0;
  // zh: [2] 状态：谁都可以看，只有 casgstatus 改 en: [2] status: anybody may look, only casgstatus changes it
  os::atomic<std::uint32_t> atomicstatus{Gidle};
  // zh: [4] lock_os_thread 绑定的 M；握着它的人看 en: [4] the M that lock_os_thread bound; for its holder
  os::var<M*> lockedm = nullptr;
  // zh: [2] 第一次跑时才有 en: [2] given at its first run
  rt::stack stack;
  // zh: [2] go 语句之后的指令，报告里用 en: [2] the instruction after the go statement, for reports
  const void* gopc = nullptr;
  // zh: [2] 入口函数的地址，报告里用 en: [2] the entry function's address, for reports
  const void* startpc = nullptr;
  // zh: [2] 谁创建了它 en: [2] who made it
  std::int64_t parentGoid = 0;
  // zh: [2] 性能标签，继承自创建者 en: [2] profiler labels, inherited from the creator
  os::var<void*> labels = nullptr;
  // zh: [2] 第一帧从这里开始 en: [2] where the first frame begins
  std::byte* stktopsp = nullptr;
  // zh: [2] 创建者的创建者……（GODEBUG=tracebackancestors） en: [2] its creator's creator, and so on (GODEBUG=tracebackancestors)
  std::unique_ptr<std::vector<ancestor>> ancestors;
  // zh: [2] 为什么停着；停下之前由自己写 en: [2] why it is parked; it writes that itself before it parks
  const char* waitreason = "";
  // zh: [2] 表或队列里的下一个；归表的主人 en: [2] the next on a list or queue; for whoever owns that
  os::var<G*> schedlink = nullptr;
  // zh: [7] 睡到什么时候（纳秒，单调时钟） en: [7] until when it sleeps (ns, monotonic)
  std::int64_t wakeup_time = 0;
  // zh: [6] 它停着，为此挂在别处的 sudog，由 waitlink 相连；停着时归拿着它们的锁的人
  // en: [6] the sudogs by which it waits, linked by waitlink; while it is parked, for who has their lock
  os::var<sudog*> waiting = nullptr;
  // zh: [6] select 等到的那一个；谁把 selectDone 从 0 改成 1，谁写 en: [6] which one select got; for the M that took selectDone from 0 to 1
  os::var<sudog*> param = nullptr;
  // zh: [6] 有人选中了这个 select en: [6] this select has been won
  os::atomic<std::uint32_t> selectDone{0};
  // zh: [2] 放得下的闭包就住在这里 en: [2] a closure that fits lives here
  alignas(cache_line) std::array<std::byte, closure_room> closure;

  /// zh: relaxed：别人握着的 G，读到的只是某一刻的状态。
  /// en: Relaxed: if another M holds the G, this was its status at some moment, no more.
  [[nodiscard]] gstatus status() const {
    return static_cast<gstatus>(atomicstatus.load(order::relaxed));
  }
};

/// zh: @p g 很快要用到：请 CPU 先把它取进缓存。
/// en: @p g is needed soon: ask the CPU to bring it into the cache.
inline void prefetch(const G* g) {
  const auto at = reinterpret_cast<std::uintptr_t>(g);
  for (std::size_t line = 0; line < sizeof(G); line += cache_line)
    __builtin_prefetch(reinterpret_cast<const void*>(at + line), 1);
}

/// zh: 一个操作系统线程，和它的 g0。
/// en: An OS thread with its g0.
/// Go: runtime2.go, m
struct M {
  // zh: 一、归自己的线程。 en: 1. For its own thread.
  // zh: [1] 线程自己的栈，调度器在上面跑 en: [1] the thread's own stack: the scheduler runs on it
  G g0;
  // zh: [1] 正在跑的 G en: [1] the G that it runs
  os::var<G*> curg = nullptr;
  // zh: [1] 线程的异常现场，换栈时与 G 的对调 en: [1] the thread's exception state, exchanged with the G's at a switch
  os::exception_state* exceptions = nullptr;
  // zh: [4] 编号，登记时给定 en: [4] its number, given when it is registered
  std::int64_t id = 0;
  // zh: [4] 握着的 P en: [4] the P that it holds
  os::var<P*> p = nullptr;
  // zh: [4] 新线程进入调度之前先做的事 en: [4] what a new thread does first, before it schedules
  void (*mstartfn)() = nullptr;
  // zh: [4] 大于零：不许失去 P（acquirem） en: [4] above zero: it must not lose its P (acquirem)
  int locks = 0;
  // zh: [4] 绑着的 G en: [4] the G that is bound to it
  os::var<G*> lockedg = nullptr;
  // zh: [4] 绑了几层 en: [4] how often it was bound
  int lockedExt = 0;
  // zh: [4] 有自己的 std::thread；m0 没有 en: [4] it has a thread of ours; m0 has not
  bool has_thread = false;
  // zh: [4] 绑着的 G 退出了，线程随它去 en: [4] its bound G exited, the thread goes with it
  bool exiting = false;
  // zh: [4] 上次醒来之后找到过活 en: [4] it has found work since it last woke
  bool found_work = false;
  // zh: [4] 随机数，选先偷谁 en: [4] random numbers: whom to rob first
  os::random rand;

  // zh: 二、睡着时归叫醒它的人：先写好，再 notewakeup。
  // en: 2. While it sleeps, for the M that wakes it: write these first, then call notewakeup.
  // zh: [4] 醒来就握这个 P en: [4] the P to take when it wakes
  os::var<P*> nextp = nullptr;
  // zh: [5] 正在找活，已数进 nmspinning en: [5] it searches, and is counted in nmspinning
  os::var<bool> spinning = false;
  // zh: [4] 睡在这上面 en: [4] what it sleeps on
  note park;

  // zh: 三、归 sched.lock。 en: 3. For sched.lock.
  // zh: [4] midle 上的下一个 en: [4] the next on midle
  os::var<M*> schedlink = nullptr;
  // zh: [4] allm 上的下一个 en: [4] the next on allm
  M* alllink = nullptr;
  // zh: [4] freem 上的下一个 en: [4] the next on freem
  M* freelink = nullptr;
  // zh: [4] 睡着等它的 G 可以跑 en: [4] it sleeps until its G is runnable
  os::var<bool> lockedidle = false;
  // zh: [4] 线程本身：造它的人写，收它的人等它结束 en: [4] the thread itself: its maker writes it, whoever frees the M joins it
  os::thread thread;

  // zh: 四、自己写，人人可读：各章要改进的数字。
  // en: 4. It writes them, anybody reads them: the numbers that the chapters improve.
  counter runs, steals, wakes, useless_wakes, parks;
};

/// zh: 运行 Go 代码的权利。三组字段各占自己的缓存行：别人来争的、主人自己的、环。混在一行，主人每记
///     一笔账都要与窃取者抢这一行。
/// en: The right to run Go code. Three groups, each on cache lines of its own: what others contend
///     for, what is the owner's alone, the ring. On one line, the owner would fight thieves for it
///     with every entry it makes.
/// Go: runtime2.go, p
struct alignas(cache_line) P {
  // zh: 一、谁都可以碰。 en: 1. Anybody may touch these.
  // zh: [3] 环的队头：谁都可以用 CAS 推进 en: [3] the ring's head: anybody may advance it by CAS
  os::atomic<std::uint32_t> runqhead{0};
  // zh: [3] 环的队尾：只有主人写 en: [3] the ring's tail: the owner alone writes it
  os::atomic<std::uint32_t> runqtail{0};
  // zh: [3] 下一个要跑的：主人放，最后一轮时窃取者也可以拿走
  // en: [3] the one to run next: the owner puts it, thieves may take it in their last round
  os::atomic<G*> runnext{nullptr};

  // zh: 二、只归主人。 en: 2. For the owner alone.
  // zh: 主人是谁，只给编译器看 en: who the owner is, for the compiler only
  alignas(cache_line) ownership owner;
  // zh: 编号，不变 en: its number, constant
  int id = 0;
  // zh: [4] 握着它的 M；谁握着它，或拿 sched.lock，才可以碰 en: [4] the M that holds it; for that one, or under sched.lock
  os::var<M*> m = nullptr;
  // zh: [5] 轮过几次，每 61 次看全局队列 en: [5] turns taken; every 61st the global queue is looked at
  std::uint32_t schedtick = 0;
  // zh: [2] 死去的 G en: [2] dead Gs
  local_list<G*> gfree;
  // zh: [2] 空着的栈 en: [2] stacks that nobody stands on
  local_list<stack> stacks;
  // zh: [6] 没有人等着的 sudog en: [6] sudogs by which no goroutine waits
  local_list<sudog*, sudog_high, sudog_low> sudogcache;
  // zh: [2] 还没用掉的编号：[goidcache, goidcacheend) en: [2] numbers not yet given: [goidcache, goidcacheend)
  std::uint64_t goidcache = 0;
  std::uint64_t goidcacheend = 0;
  // zh: [2] 在这个 P 上创建了几个、结束了几个，只增不减；主人写，gcount 读
  // en: [2] how many goroutines were created and how many ended on this P; both only grow; the
  //     owner writes them, gcount reads them
  os::atomic<std::uint64_t> goroutinesCreated{0}, goroutinesEnded{0};
  // zh: [4] 空闲表上的下一个；归 sched.lock en: [4] the next on the idle list; for sched.lock
  os::var<P*> link = nullptr;

  // zh: 三、环的槽：主人写，谁都可以读。 en: 3. The ring's slots: the owner writes, anybody reads.
  // zh: [3] 第 i 个在 i 除以 ring_size 的余数那一格 en: [3] number i lies in slot i modulo ring_size
  alignas(cache_line) std::array<os::atomic<G*>, ring_size> runq{};
};

/// zh: 调度器的全局状态。也按谁写、多久写一次分行：一次运行里不变的；提交者每次 go 都要看的；锁和锁
///     护着的；几个独立的仓库。
/// en: The scheduler's global state. Laid out by who writes and how often: what is constant in a
///     run; what submitters look at with every go; the lock and what it guards; a few separate
///     stores.
/// Go: runtime2.go, schedt
struct schedt {
  // zh: 一、一次运行里不变，谁都可以读。 en: 1. Constant in a run; anybody may read these.
  // zh: [3] P 的个数 en: [3] how many Ps
  int gomaxprocs = 1;
  // zh: [3] gomaxprocs 是 1：没有窃取者 en: [3] gomaxprocs is 1: there are no thieves
  bool one_p = false;
  // zh: [3] 所有的 P，见 all_ps() en: [3] all Ps, see all_ps()
  std::unique_ptr<P[]> allp;
  // zh: [3] 先偷谁后偷谁 en: [3] in which order to rob them
  steal_order stealOrder;
  // zh: [2] 栈有多大（字节） en: [2] how large stacks are (bytes)
  std::size_t stack_bytes = stack_default;
  // zh: [2] 栈闲了多久才还内存（纳秒）；零：不还 en: [2] how long a stack is unused before it gives memory back (ns); 0: never
  std::int64_t stackIdle = stack_idle_ns;
  // zh: [2] 报告里说几代祖先 en: [2] how many ancestors reports tell
  int tracebackancestors = 0;
  // zh: [6] 这是第几次运行，从 1 起：信号量等着的人是不是这一次的 en: [6] which run this is, from 1: is who waits on a semaphore of this one?
  std::uint32_t run = 0;
  // zh: [1] 主 goroutine 开始了：可以有别的线程 en: [1] the main goroutine has begun: there may be other threads
  os::atomic<bool> mainStarted{false};
  // zh: [1] 世界要停了，M 们离场；写一次 en: [1] the world is to stop, Ms leave; written once
  os::atomic<bool> ending{false};
  // zh: [1] 调用 run 的那个线程 en: [1] the thread that called run
  M m0;

  // zh: 二、谁闲着，谁在找：谁都可以碰。 en: 2. Who is idle, who searches: anybody may touch these.
  // zh: [4] 空闲的 P 有几个；拿着 sched.lock 写 en: [4] how many Ps are idle; written under sched.lock
  alignas(cache_line) os::atomic<std::int32_t> npidle{0};
  // zh: [5] 几个 M 在自旋，或正被叫醒去自旋 en: [5] how many Ms spin or are being woken to spin
  spinners nmspinning;
  // zh: [5] 有人没叫到人，留了条子 en: [5] an M could wake nobody and has left a request
  os::atomic<std::int32_t> needspinning{0};
  // zh: [3] 全局队列的长度；拿着 sched.lock 写 en: [3] the global queue's length; written under sched.lock
  os::atomic<std::int32_t> runqsize{0};
  // zh: [5] 上次有 M 从 netpoll 回来的时刻；0：有一个正睡在里面 en: [5] when an M last came back from netpoll; 0: one sleeps in it
  os::atomic<std::int64_t> lastpoll{0};
  // zh: [5] 它睡到几时；0：不知道 en: [5] until when that one sleeps; 0: not known
  os::atomic<std::int64_t> pollUntil{0};

  // zh: 三、归 sched.lock。 en: 3. For sched.lock.
  alignas(cache_line) counted_mutex lock;
  // zh: [3] 全局队列 en: [3] the global queue
  gqueue runq GUARDED_BY(lock);
  // zh: [4] 睡着的 M，后进先出 en: [4] Ms that sleep, last in first out
  os::var<M*> midle GUARDED_BY(lock) = nullptr;
  // zh: [4] 空闲的 P，后进先出 en: [4] idle Ps, last in first out
  os::var<P*> pidle GUARDED_BY(lock) = nullptr;
  // zh: [4] midle 上有几个 en: [4] how many are on midle
  os::var<int> nmidle GUARDED_BY(lock) = 0;
  // zh: [4] 几个在等自己的 G en: [4] how many wait for their own G
  os::var<int> nmidlelocked GUARDED_BY(lock) = 0;
  // zh: [4] 几个是系统的，不算死锁 en: [4] how many are the system's, not counted for deadlocks
  os::var<int> nmsys GUARDED_BY(lock) = 0;
  // zh: [4] 线程的上限 en: [4] the limit on threads
  int maxmcount GUARDED_BY(lock) = max_threads_default;
  // zh: [4] 下一个 M 的编号 en: [4] the next M's number
  os::var<std::int64_t> mnext GUARDED_BY(lock) = 0;
  // zh: [4] 已经离开的 M 有几个 en: [4] how many Ms have left
  os::var<std::int64_t> nmfreed GUARDED_BY(lock) = 0;
  // zh: [4] 所有的 M en: [4] all Ms
  M* allm GUARDED_BY(lock) = nullptr;
  // zh: [4] 线程正要结束或已经结束的 en: [4] those whose threads are about to end or have ended
  M* freem GUARDED_BY(lock) = nullptr;
  // zh: [4] 已离开的 M 的计数 en: [4] the counts of Ms that have left
  statistics retired GUARDED_BY(lock);

  // zh: 四、各有自己的锁。 en: 4. Each with a lock of its own.
  // zh: [2] 死去的 G，各 P 的余缺 en: [2] dead Gs: what Ps have too many or too few of
  alignas(cache_line) global_list<G*> gFree;
  // zh: [2] 空着的栈，同上 en: [2] stacks that nobody stands on, likewise
  alignas(cache_line) global_list<stack> stackFree;
  // zh: [6] 没有人等着的 sudog，同上 en: [6] sudogs by which no goroutine waits, likewise
  alignas(cache_line) global_list<sudog*> sudogFree;
  // zh: [2] 所有造过的 G en: [2] all Gs ever made
  alignas(cache_line) os::mutex allglock;
  std::vector<G*> allgs GUARDED_BY(allglock);

  // zh: 五、谁都可以碰，各管各的。 en: 5. Anybody may touch these; each is about one thing.
  // zh: [2] 下一批编号从这里取 en: [2] where the next numbers come from
  alignas(cache_line) os::atomic<std::uint64_t> goidgen{0};
  // zh: [4] 还没离开的线程，m0 除外 en: [4] threads that have not left, m0 not counted
  os::atomic<std::uint32_t> nmlive{0};
  // zh: [2] 有一个 M 在管闲着的栈 en: [2] an M sees to idle stacks
  alignas(cache_line) os::atomic<bool> trimming{false};
  // zh: [2] 它几时该动手；零：还没定 en: [2] when that is due; 0: not yet set
  os::atomic<std::int64_t> trimAt{0};
  // zh: [2] 上次都还完的时候，结束了几个 goroutine en: [2] how many goroutines had ended when all was last given back
  os::atomic<std::uint64_t> trimmedAtEnds{0};
};

/// zh: 唯一的全局状态；run 开始时重新构造，结束后留着，好让人读计数器。
/// en: The one global state; built anew when run begins, kept after it ends so that counters can be
///     read.
/// zh: 一个引用，地址是常量，编译器直接用它。
/// en: A reference whose address is constant: the compiler uses that directly.
extern immortal<schedt> storage_of_sched;
[[maybe_unused]] static schedt& sched = reinterpret_cast<schedt&>(storage_of_sched);

/// zh: 重新构造 sched，只在没有 run 进行时；上一次运行的计数到此为止。
/// en: Builds sched anew, only while no run goes on; the counts of the last run end here.
void schedreset();

/// zh: 所有的 P。个数在一次运行里不变，握不握有都可以问。
/// en: All Ps. Their number is constant in a run; one need not hold them to ask.
inline std::span<P> all_ps() {
  return {sched.allp.get(), static_cast<std::size_t>(sched.gomaxprocs)};
}

}  // namespace newproc::rt
