// zh: 第 6 章的里间：sudog、只有握着 P 的 M 才拿的锁、通道的样子。
// en: Chapter 6's inside: the sudog, the lock that only Ms with a P take, what a channel is made of.
#pragma once

#include "model/current.hpp"
#include "newproc/detail/hchan.hpp"
#include "newproc/detail/sema.hpp"
#include "os/mutex.hpp"
#include "platform/annotations.hpp"

namespace newproc::rt {

/// zh: 停着的 G 是怎样被放行的。 en: How a parked G was let go on.
enum class wakeup : std::uint8_t {
  success,  // zh: 等到了 en: it got what it waited for
  closed,   // zh: 通道关了 en: the channel was closed
  again,    // zh: 轮到了它，可是元素搬的时候抛出异常：从头再来 en: its turn came, but the element's move threw: it starts over
};

/// zh: 一个 G 等着一样东西。select 等几样，就有几个。停着的时候，归保护那样东西的锁。
/// en: A G waits for something. A select that waits for several things has several. While the G is parked,
///     they are for the lock that guards the thing.
/// Go: runtime2.go, sudog
struct alignas(cache_line) sudog {
  // zh: 谁在等 en: who waits
  os::var<G*> g = nullptr;
  // zh: 队里的下一个、上一个 en: the next and the one before in the queue
  os::var<sudog*> next = nullptr, prev = nullptr;
  // zh: 通道：要发的值，或收来放哪里，在 g 的栈上。信号量：它自己 en: channel: the value to be sent, or where to put what is received, on g's stack. semaphore: that itself
  os::var<void*> elem = nullptr;
  // zh: 等的是哪个通道 en: which channel it waits for
  os::var<hchan*> c = nullptr;
  // zh: g.waiting 上的下一个 en: the next of g.waiting
  os::var<sudog*> waitlink = nullptr;
  // zh: 通知表：几号 en: notify list: which ticket
  os::var<std::uint32_t> ticket = 0;
  // zh: 属于一个 select：要先赢得 selectDone en: of a select: selectDone must be won first
  os::var<bool> isSelect = false;
  // zh: 等着发；否则等着收 en: waits to send; else to receive
  os::var<bool> sends = false;
  os::var<wakeup> woken = wakeup::success;
};

/// zh: 一个干净的 sudog，属于 @p g。 en: A clean sudog, for @p g.
/// Go: proc.go, acquireSudog
sudog* acquireSudog(G* g);
/// zh: 还回来；每个指针都须已清空，否则有人还会用它。
/// en: Gives it back; every pointer must be cleared, or somebody is still going to use it.
/// Go: proc.go, releaseSudog
void releaseSudog(sudog* sg);
/// zh: 所有的 sudog 都还给系统；谁也不再用。 en: All sudogs go back to the system; none is in use.
void free_sudogs();

/// zh: 只有握着 P 的 M 才拿的锁。只有一个 P，就没有第二个人来拿：那时什么也不做，省下一次读改写。P 换 M 的时候，
///     前一个所做的都交给了后一个。
/// en: A lock that only Ms with a P take. With one P there is no second one to take it: then it does nothing
///     and saves a read-modify-write. When the P changes its M, all that the one did is handed to the other.
class CAPABILITY("mutex") p_mutex {
 public:
  [[gnu::always_inline]] void lock() ACQUIRE() NO_THREAD_SAFETY_ANALYSIS {
    if (!sched.one_p) mutex_.lock();
  }
  [[gnu::always_inline]] void unlock() RELEASE() NO_THREAD_SAFETY_ANALYSIS {
    if (!sched.one_p) mutex_.unlock();
  }
  /// zh: 不在运行时的线程上也拿得的那一把：它们不看 sched。
  /// en: The one within, which threads outside the runtime can take too: they don't look at sched.
  os::mutex& real() { return mutex_; }

 private:
  os::mutex mutex_;
};

/// zh: 一个通道。字段归 lock，除非写明。 en: A channel. Fields are for `lock` unless they say otherwise.
/// Go: chan.go, hchan
struct hchan {
  p_mutex lock;
  // zh: 关了；拿着锁写，谁都可以读 en: closed; written under the lock, anybody may read it
  os::atomic<bool> closed{false};
  // zh: 缓冲里有几个；拿着锁写，谁都可以读 en: how many are in the buffer; written under the lock, anybody may read it
  os::atomic<std::size_t> qcount{0};
  // zh: 缓冲有多大；不变 en: how large the buffer is; constant
  std::size_t dataqsiz = 0;
  std::byte* buf = nullptr;
  const chantype* type = nullptr;
  // zh: 下一个放在第几格，从第几格取 en: into which slot the next one goes, from which it is taken
  os::var<std::size_t> sendx = 0, recvx = 0;
  // zh: 等着收的，等着发的；拿着锁改，first 谁都可以读 en: those that wait to receive, and to send; changed under the lock, anybody may read `first`
  waitq recvq, sendq;
  // zh: 几个引用；谁都可以改 en: how many references; anybody may change it
  os::atomic<std::size_t> refs{0};
  // zh: 作废的通道连成的表；归它的锁 en: the list of void channels; for its lock
  hchan* link = nullptr;
};

/// zh: 在 @p address 等着的，归这把锁：它们不放在对象里，对象可以在等到之后立刻析构。
/// en: The lock for those that wait at @p address. It is not in the object itself, which may be destroyed as soon
///     as the waiting is over.
/// Go: sema.go, semaTable.rootFor
p_mutex& lock_of(const void* address);

/// zh: 当前的 G 到自己队列的末尾，让 runnext 里的先跑。
/// en: The current G goes to the end of its own queue and lets the one in runnext run first.
/// Go: proc.go, goyield
void goyield();

/// zh: 没有事可等：永远停着。 en: There is nothing to wait for: parked for ever.
[[noreturn]] void block(G* g, const char* reason);

}  // namespace newproc::rt
