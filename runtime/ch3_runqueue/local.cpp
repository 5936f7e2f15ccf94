// zh: 本地运行队列。文档「GO 任务」里 runqput 的三条规则住在这里，连同它们的更正（勘误 B.16）：
//     runnext 从不拒绝新来的，被挤走的是旧住户；环满时走的不是一个 G，而是最老的一半加上它。
//
// zh: 一个 P 只有一个主人，却有许多窃取者。所以队尾归主人独写，队头由 CAS 争夺，谁都不必拿锁。
//     head 和 tail 是 32 位，只增不减，自然回绕；差就是长度，模 256 就是槽。
//
// zh: 槽是 relaxed 的原子量：窃取者会读到一个马上作废的槽，随后它的 CAS 失败，读到的被丢掉。
//     Go 里那是普通的读；照抄到 C++ 就是数据竞争。
//
// zh: 没有采用的设计：带锁的 deque（每个 go 语句付一次锁）；Chase-Lev 双端队列（主人后进先出，先来
//     的 G 会饿死）；一个全局队列（P 越多，争得越凶：第 1、2 章的检查点就是它）。
//
// en: The local run queue. The document's three rules of runqput live here, with their corrections
//     (erratum B.16): runnext never refuses the newcomer, it is the old occupant who must move; and
//     from a full ring it is not one G that leaves but the oldest half, and that one with it.
//
// en: A P has one owner and many thieves. So the tail is written by the owner alone, the head is
//     won by CAS, and no lock is taken. head and tail are 32-bit, only grow and wrap by
//     themselves; their difference is the length; an index modulo 256 is the slot.
//
// en: The slots are relaxed atomics: a thief may read one that is just becoming stale; then its CAS
//     fails and what it read is thrown away. In Go that is a plain read; copied to C++ it is a
//     race.
//
// en: Designs not taken: a locked deque (one lock per go statement); the Chase-Lev deque (its owner
//     works last-in-first-out, early Gs starve); one global queue (the more Ps, the fiercer the
//     fight: the checkpoints of chapters 1 and 2 are just that).
#include "ch3_runqueue/inside.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

namespace {

// [rmw]
// zh: 对 runnext 和队头的三种读改写。只有一个 P 时没有窃取者来争，普通的读写就够：每次省 5 ns，
//     正是一次换栈的价钱。
// en: The three read-modify-writes of runnext and the head. With one P there are no thieves to
//     fight and plain reads and writes do: 5 ns saved each, the price of a stack switch.
/// zh: @p g 占据 runnext；返回旧住户，没有则 nullptr。只归主人。
/// en: @p g takes runnext; returns the old occupant, nullptr if there was none. For the owner.
G* put_runnext(P* p, G* g) {
  // zh: 与 runqgrab 取走它的 acquire 配对：看得见 g 的内容
  // en: pairs with the acquire by which runqgrab takes it, which then sees what g holds
  if (!sched.one_p) return p->runnext.exchange(g, order::seq_cst);
  G* before = p->runnext.load(order::relaxed);
  p->runnext.store(g, order::relaxed);
  return before;
}

/// zh: runnext 还是 @p expected 就取走；假：被偷走了。只归主人。
/// en: Takes runnext if it still is @p expected; false: it has been stolen. For the owner.
bool take_runnext(P* p, G* expected) {
  // zh: release 与 runqempty 读 runnext 的 acquire 配对：看见它空了，也就看见之前进了环的
  // en: the release pairs with runqempty's acquire of runnext: if it sees this empty it sees what
  //     had gone into the ring before
  if (!sched.one_p)
    return p->runnext.compare_exchange_strong(expected, nullptr, order::acq_rel, order::relaxed);
  p->runnext.store(nullptr, order::relaxed);
  return true;
}

/// zh: 队头还是 @p head 就推进一格；假：窃取者抢先了。只归主人。
/// en: Advances the head by one if it still is @p head; false: a thief was faster. For the owner.
bool advance_head(P* p, std::uint32_t head) {
  // zh: 与 runqempty 读队头的 acquire 配对：看见新队头，也就看见我们读过的队尾
  // en: pairs with runqempty's acquire of the head: with this head it sees the tail that we have
  //     read
  if (!sched.one_p)
    return p->runqhead.compare_exchange_strong(head, head + 1, order::release, order::relaxed);
  p->runqhead.store(head + 1, order::relaxed);
  return true;
}
// [rmw]

}  // namespace

// [runqput]
void runqput(P* p, G* g, bool next) {
  if (next) {
    g = put_runnext(p, g);
    if (g == nullptr) return;  // zh: 原来没有住户 en: nobody lived there
  }
  for (;;) {
    // zh: 与 runqgrab 推进队头的 CAS 配对：窃取者读完了槽，我们才重用它
    // en: pairs with the CAS in runqgrab: a thief has read the slot before we use it again
    const auto head = p->runqhead.load(order::acquire);
    // zh: 只有我们写 tail en: only we write tail
    const auto tail = p->runqtail.load(order::relaxed);
    if (tail - head < ring_size) {
      p->runq[tail % ring_size].store(g, order::relaxed);
      // zh: 与 runqgrab 读队尾的 acquire 配对：从此刻起，窃取者看得见 g
      // en: pairs with runqgrab's acquire of the tail: from here on a thief can see g
      p->runqtail.store(tail + 1, order::release);
      return;
    }
    if (runqputslow(p, g, head, tail)) return;
    // zh: 窃取者更快，环又有了空位。 en: A thief was faster; the ring has room again.
  }
}
// [runqput]

// [runqputslow]
bool runqputslow(P* p, G* g, std::uint32_t head, std::uint32_t tail) {
  constexpr std::uint32_t half = ring_size / 2;
  THROW_UNLESS(tail - head == ring_size, "runqputslow: queue is not full");
  std::array<G*, half + 1> batch;
  for (std::uint32_t i = 0; i < half; ++i)
    batch[i] = p->runq[(head + i) % ring_size].load(order::relaxed);
  // zh: 与 runqempty 读队头的 acquire 配对，同 advance_head
  // en: pairs with runqempty's acquire of the head, as in advance_head
  if (!p->runqhead.compare_exchange_strong(head, head + half, order::release, order::relaxed))
    return false;
  batch[half] = g;
  const sched_lock_guard hold(sched.lock);
  globrunqputbatch(batch);
  return true;
}
// [runqputslow]

// [runqget]
next_g runqget(P* p) {
  // zh: 除我们以外，别人只会把 runnext 清空；所以 CAS 失败就是被偷走了。
  // en: Others only ever clear runnext; so if the CAS fails it has been stolen.
  G* next = p->runnext.load(order::relaxed);
  if (next != nullptr && take_runnext(p, next)) return {next, true};
  for (;;) {
    // zh: 同 Go；没有对手：读到旧的队头，下面的 CAS 会失败
    // en: as in Go; it has no partner: with a stale head the CAS below fails
    const auto head = p->runqhead.load(order::acquire);
    const auto tail = p->runqtail.load(order::relaxed);
    if (tail == head) return {};
    G* g = p->runq[head % ring_size].load(order::relaxed);
    // zh: 槽里的旧指针也无妨：预取不会出错。
    // en: A stale pointer does no harm: a prefetch can't fault.
    prefetch(p->runq[(head + 1) % ring_size].load(order::relaxed));
    if (advance_head(p, head)) return {g, false};
  }
}
// [runqget]

// [runqempty]
bool runqempty(const P* p) {
  // zh: 若只把三个量各读一次：读完 head==tail 之后，主人把 runnext 里的 G 挤进环，又取走新的
  //     runnext，我们随后看到的 runnext 也是空的。可是队列一刻也没有空过。所以再读一次 tail：没变，
  //     三者才属于同一刻。
  // en: If each of the three were read once: after we saw head == tail, the owner kicks runnext's G
  //     into the ring and takes the new runnext; the runnext that we see next is empty too. Yet the
  //     queue was never empty. So read tail again: only if unchanged do the three belong together.
  for (;;) {
    // zh: 依次与 advance_head 和 runqgrab 的 CAS、runqput 的 release、take_runnext 的 CAS 配对
    // en: each pairs with, in turn: the CAS in advance_head and runqgrab, the release in runqput,
    //     the CAS in take_runnext
    const auto head = p->runqhead.load(order::acquire);
    const auto tail = p->runqtail.load(order::acquire);
    const G* next = p->runnext.load(order::acquire);
    if (tail == p->runqtail.load(order::acquire)) return head == tail && next == nullptr;
  }
}
// [runqempty]

void runqueueinit() {}

}  // namespace newproc::rt
