// zh: 数据模型，一页看完：G、M、P 和 sched。每个字段写明由哪一章引入。
//
// zh: G 是 goroutine：它的栈、它停在哪里、它的状态。M 是操作系统线程。P 是运行 Go 代码的权利，连同
//     这项权利所带的东西：本地队列、空闲 G、goid 区间。要跑一个 G，M 必须握有一个 P。为什么要有 P：
//     状态若跟着 M 走，阻塞在系统调用里的 M 会把队列一起带走；若放在全局，人人争一把锁。
//
// zh: 谁可以碰哪个字段，有三种写法：GUARDED_BY(锁)；atomic（谁都可以，内存序写在用处）；
//     其余的只归主人：G 的归正在跑它或正握着它的 M，M 的归它自己的线程，P 的归握有它的 M。
//
// en: The data model on one page: G, M, P and sched. Each field names the chapter that brings it
//     in.
//
// en: A G is a goroutine: its stack, where it stopped, its state. An M is an OS thread. A P is the
//     right to run Go code, with what goes with that right: a local queue, free Gs, a goid range.
//     To run a G an M must hold a P. Why Ps at all: if the state belonged to the M, one that blocks
//     in a system call would take its queue along; if it were global, all would fight for one lock.
//
// en: Who may touch a field is said in one of three ways: GUARDED_BY(lock); atomic (anybody, the
//     order stands where it is used); every other field has one owner: a G's is the M that runs or
//     holds it, an M's its own thread, a P's the M that holds it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

// zh: 用尖括号：由 include 路径决定，检查器把它的小尺寸放在前面。
// en: Angle brackets: the include path decides, and the checker puts its small sizes first.
#include <tunables.hpp>

#include "ch2_goroutine/free_list.hpp"
#include "ch3_runqueue/gqueue.hpp"
#include "ch3_runqueue/steal_order.hpp"
#include "counters.hpp"
#include "immortal.hpp"
#include "newproc/go.hpp"
#include "os/atomic.hpp"
#include "os/futex.hpp"
#include "os/mutex.hpp"
#include "os/random.hpp"
#include "os/thread.hpp"
#include "platform/annotations.hpp"
#include "platform/context.hpp"

namespace newproc::rt {

struct M;
struct P;

inline constexpr std::size_t cache_line = 64;

/// zh: G 的状态，数字与 Go 相同。 en: A G's status; the numbers are Go's.
/// Go: runtime2.go, _Gidle ...
enum gstatus : std::uint32_t {
  Gidle = 0,      // zh: 刚分配，尚未初始化 en: just allocated, not initialised
  Grunnable = 1,  // zh: 在某个运行队列里 en: on a run queue
  Grunning = 2,   // zh: 在某个 M 上跑，握有 P en: runs on an M which holds a P
  Gsyscall = 3,
  Gwaiting = 4,  // zh: 停着，等人 ready en: parked, until somebody readies it
  Gdead = 6,  // zh: 没有用户代码：用完了，或还没开始 en: no user code: finished, or not begun
};

/// zh: 能力（capability）：一个只为编译器存在的东西，没有数据。
///     P 的主人才可以往它的队列里放 G；held() 是“我知道我是主人”的声明。
/// en: A capability: a thing that exists for the compiler only and holds no data. Only a P's owner
///     may put Gs on its queue; held() states "I know that I am the owner".
class CAPABILITY("P") ownership {
 public:
  /// zh: 编译器从此相信我们是主人；运行时什么也不做。
  /// en: From here on the compiler believes that we are the owner; does nothing at run time.
  void held() const ASSERT_CAPABILITY(this) {}
};

/// zh: 创建者的一行记录（ancestors）。 en: One line about a creator (ancestors).
struct ancestor {
  std::int64_t goid;
  const void* gopc;
};

/// zh: 一个不在跑的 G 由它完整描述。Boost.Context 把寄存器存在栈上，所以 sp 一个字就够了：
///     pc、bp 都在它指着的地方。
/// en: Describes a G that is not running, completely. Boost.Context saves the registers on the
///     stack, so the one word sp is enough: pc and bp lie where it points.
/// Go: runtime2.go, gobuf
struct gobuf {
  platform::suspended sp = nullptr;
  void* ctxt = nullptr;  // zh: 闭包 en: the closure
  // zh: C++ 独有：停在 catch 里的 G 带着它走 en: C++ only: goes with a G that stops inside a catch
  os::exception_state exceptions;
};

/// zh: 一个栈：[lo, hi)，护栏在 lo 之下。 en: A stack: [lo, hi), its guard below lo.
/// Go: runtime2.go, stack
struct stack {
  std::byte* lo = nullptr;
  std::byte* hi = nullptr;
  [[no_unique_address]] platform::stack_identity identity;
};

/// zh: 一个 goroutine，四行缓存。前两行是每次创建、每次切换都要碰的；闭包自己占最后一行。没跑过的就
///     是这四行，没有栈。
/// en: A goroutine, four cache lines. The first two are touched by each creation and switch; the
///     closure has the last for itself. One that has not run is these four lines and has no stack.
/// Go: runtime2.go, g
struct alignas(cache_line) G {
  // ch1
  // zh: sp 为空：还没开始跑 en: sp null: has not begun to run
  gobuf sched;
  const funcval* startfn = nullptr;
  os::var<M*> m = nullptr;  // zh: 正在跑它的 M en: the M that runs it
  // ch2
  std::int64_t goid = 0;
  os::atomic<std::uint32_t> atomicstatus{Gidle};
  // ch4
  os::var<M*> lockedm = nullptr;  // zh: lock_os_thread 绑定的 M en: the M that lock_os_thread bound
  // ch2
  rt::stack stack;             // zh: 第一次跑时才有 en: given at its first run
  const void* gopc = nullptr;  // zh: go 语句之后的指令 en: the instruction after the go statement
  const void* startpc = nullptr;  // zh: 入口函数 en: the entry function
  std::int64_t parentGoid = 0;
  // zh: 性能标签，继承自创建者 en: profiler labels, inherited from the creator
  os::var<void*> labels = nullptr;
  // zh: 第一帧开始的地方 en: where the first frame begins
  std::byte* stktopsp = nullptr;
  std::unique_ptr<std::vector<ancestor>> ancestors;
  const char* waitreason = "";
  os::var<G*> schedlink = nullptr;  // zh: 表里的下一个 en: the next on its list
  // ch7
  std::int64_t wakeup_time = 0;
  // ch2
  // zh: 放得下的闭包就住在这里 en: a closure that fits lives here
  alignas(cache_line) std::array<std::byte, closure_room> closure;

  /// zh: relaxed：别人握着的 G，读到的只是某一刻的状态。
  /// en: Relaxed: of a G that somebody else holds it is the status of some moment only.
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

/// zh: 一次性事件。 en: A one-shot event.
struct note {
  os::atomic<std::uint32_t> key{0};
};

/// zh: 一个操作系统线程，和它的 g0。字段归这个线程；叫醒它的人先写 nextp 和 spinning，再
///     notewakeup。
/// en: An OS thread with its g0. The fields are that thread's; whoever wakes it writes nextp and
///     spinning first, then calls notewakeup.
/// Go: runtime2.go, m
struct M {
  // ch1
  G g0;  // zh: 线程自己的栈，调度器在上面跑 en: the thread's own stack: the scheduler runs on it
  os::var<G*> curg = nullptr;
  os::exception_state* exceptions = nullptr;
  // ch4
  std::int64_t id = 0;
  os::var<P*> p = nullptr;
  os::var<P*> nextp = nullptr;  // zh: 叫醒者塞给它的 P en: the P that the waker gave it
  os::var<bool> spinning = false;
  note park;
  os::var<M*> schedlink = nullptr;
  M* alllink = nullptr;
  M* freelink = nullptr;  // zh: freem 上的下一个 en: the next on freem
  void (*mstartfn)() = nullptr;
  int locks = 0;  // zh: 大于零：不许失去 P en: above zero: must not lose its P
  os::var<G*> lockedg = nullptr;
  int lockedExt = 0;
  // zh: 睡着等它的 G（sched.lock） en: sleeps until its G is runnable (sched.lock)
  os::var<bool> lockedidle = false;
  bool has_thread = false;
  // zh: 绑着的 G 退出了，线程随它去 en: its bound G exited, the thread goes with it
  bool exiting = false;
  os::thread thread;
  os::random rand;
  // zh: 各章要改进的数字 en: the numbers that the chapters improve
  bool found_work = false;
  counter runs, steals, wakes, useless_wakes, parks;
};

/// zh: 运行 Go 代码的权利。三组字段各占自己的缓存行：别人来争的、主人自己的、环。混在一行，主人每记
///     一笔账都要与窃取者抢这一行。
/// en: The right to run Go code. Three groups, each on cache lines of its own: what others contend
///     for, what is the owner's alone, the ring. On one line, the owner would fight thieves for it
///     with every entry it makes.
/// Go: runtime2.go, p
struct alignas(cache_line) P {
  // ch3
  // zh: 谁都可以用 CAS 推进 en: anybody may advance it by CAS
  os::atomic<std::uint32_t> runqhead{0};
  os::atomic<std::uint32_t> runqtail{0};  // zh: 只有主人写 en: the owner alone writes it
  os::atomic<G*> runnext{nullptr};

  alignas(cache_line) ownership owner;
  int id = 0;
  os::var<M*> m = nullptr;
  // zh: 每次 execute 加一
  // en: grows with each execute
  std::uint32_t schedtick = 0;
  // ch2
  local_list<G*> gfree;      // zh: 死去的 G en: dead Gs
  local_list<stack> stacks;  // zh: 空着的栈 en: stacks that nobody stands on
  std::uint64_t goidcache = 0;
  std::uint64_t goidcacheend = 0;
  // zh: 在这个 P 上创建的、结束的 goroutine，只增不减；gcount 用
  // en: goroutines created and ended on this P, never less than before; for gcount
  os::atomic<std::uint64_t> goroutinesCreated{0}, goroutinesEnded{0};
  // ch4
  os::var<P*> link = nullptr;

  // ch3
  alignas(cache_line) std::array<os::atomic<G*>, ring_size> runq{};
};

/// zh: 调度器的全局状态。也按谁写、多久写一次分行：一次运行里不变的；提交者每次 go 都要看的；锁和锁
///     护着的；几个独立的仓库。
/// en: The scheduler's global state. Laid out by who writes and how often: what is constant in a
///     run; what submitters look at with every go; the lock and what it guards; a few separate
///     stores.
/// Go: runtime2.go, schedt
struct schedt {
  // zh: 一次运行里不变。 en: Constant in a run.
  // ch1
  int gomaxprocs = 1;
  bool one_p = false;  // zh: gomaxprocs 是 1：没有窃取者 en: gomaxprocs is 1: there are no thieves
  std::unique_ptr<P[]> allp;
  std::size_t stack_bytes = stack_default;
  os::atomic<bool> mainStarted{false};
  int tracebackancestors = 0;
  os::atomic<bool> ending{false};  // zh: 世界要停了，M 们离场 en: the world is to stop, Ms leave
  M m0;
  // ch3
  steal_order stealOrder;

  // zh: 谁闲着，谁在找。 en: Who is idle, who searches.
  // ch4
  alignas(cache_line) os::atomic<std::int32_t> npidle{0};
  // ch5
  os::atomic<std::int32_t> nmspinning{0};
  os::atomic<std::int32_t> needspinning{0};
  os::atomic<std::int32_t> runqsize{0};
  // zh: 0：有人正睡在 netpoll 里 en: 0: somebody sleeps in netpoll
  os::atomic<std::int64_t> lastpoll{0};
  os::atomic<std::int64_t> pollUntil{0};  // zh: 他睡到几时 en: until when he sleeps

  alignas(cache_line) counted_mutex lock;
  // ch3
  gqueue runq GUARDED_BY(lock);  // zh: 全局队列 en: the global queue
  // ch4
  os::var<M*> midle GUARDED_BY(lock) = nullptr;
  os::var<P*> pidle GUARDED_BY(lock) = nullptr;
  os::var<int> nmidle GUARDED_BY(lock) = 0;
  os::var<int> nmidlelocked GUARDED_BY(lock) = 0;
  os::var<int> nmsys GUARDED_BY(lock) = 0;
  int maxmcount GUARDED_BY(lock) = max_threads_default;
  os::var<std::int64_t> mnext GUARDED_BY(lock) = 0;
  os::var<std::int64_t> nmfreed GUARDED_BY(lock) = 0;
  M* allm GUARDED_BY(lock) = nullptr;
  // zh: 线程正要结束或已经结束的 en: whose threads are about to end or have ended
  M* freem GUARDED_BY(lock) = nullptr;
  statistics retired GUARDED_BY(lock);  // zh: 已离开的 M 的计数 en: the counts of Ms that have left

  // ch2
  alignas(cache_line) global_list<G*> gFree;
  alignas(cache_line) global_list<stack> stackFree;
  std::int64_t stackIdle = stack_idle_ns;  // zh: 一次运行里不变；零：不还 en: constant; 0: never
  // zh: 有一个 M 在管；下一次几时，零：还没定；上次还完时已结束的 goroutine 数
  // en: an M is at it; when it is due next, 0: not yet set; goroutines ended when all was given back
  os::atomic<bool> trimming{false};
  os::atomic<std::int64_t> trimAt{0};
  os::atomic<std::uint64_t> trimmedAtEnds{0};
  alignas(cache_line) os::mutex allglock;
  std::vector<G*> allgs GUARDED_BY(allglock);
  alignas(cache_line) os::atomic<std::uint64_t> goidgen{0};
  // zh: 还没离开的线程，m0 除外 en: threads that have not left, m0 not counted
  os::atomic<std::uint32_t> nmlive{0};
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

/// zh: 当前的 G；在 g0 上是 g0；不在运行时的线程上是 nullptr。
/// en: The current G; on g0 it is g0; nullptr off the runtime's threads.
inline G* getg() { return static_cast<G*>(os::thread_word()); }

/// zh: 关抢占：到配对的 releasem 为止，M 不会失去它的 P；可以嵌套。返回当前 M。
/// en: Preemption off: up to the matching releasem the M keeps its P; may nest. Returns the current
///     M.
/// Go: runtime1.go, acquirem
inline M* acquirem() {
  M* m = getg()->m;
  ++m->locks;
  return m;
}

/// zh: 抵消一次 acquirem；@p m 是它返回的那个。
/// en: Takes back one acquirem; @p m is what that returned.
/// Go: runtime1.go, releasem
inline void releasem(M* m) { --m->locks; }

}  // namespace newproc::rt
