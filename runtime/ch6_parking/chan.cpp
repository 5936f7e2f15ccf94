// zh: 通道：发、收、关。
//
// zh: 不变式。拿着锁、没有操作在半途时，对每个通道 c 都成立：
//       (1) 0 <= qcount <= dataqsiz，缓冲里的元素从 recvx 起，共 qcount 个，绕着排
//       (2) sendx == (recvx + qcount) mod dataqsiz
//       (3) qcount > 0         =>  recvq 空          有值，就没有人等着收
//       (4) qcount < dataqsiz  =>  sendq 空          有地方，就没有人等着发
//       (5) closed             =>  recvq 空，sendq 空
//       (6) recvq 空，或 sendq 空，或两边等着的都是同一个 G 的同一次 select（没有缓冲时）
//     数 select 的 sudog 时，已被别处赢得的（selectDone 为 1）不算在内：它们还在队里，但谁也不会等到它。
//
// zh: 由此：发的人看见有人等着收，缓冲一定空着，直接给他，不会越过更早的值；收的人从缓冲里取走一个，等着发的第一个
//     才补得上。先来先得，两个队都是。
//
// zh: 不等的操作先不拿锁看一眼：空的收不到，满的发不了，多半就此返回。它要说“此刻空着，也没有关”，而两样不是一次读
//     得到的。先读空，再读关：关了不会再开，所以读空的那一刻也没有关。反过来，先读到没有关，然后有人放进一个值、关
//     上、又有人取走，这才读到空：通道早已关了，却说它空着（Go issue 36714）。
//
// en: Channels: send, receive, close.
//
// en: Invariants. With the lock held and no operation half done, for every channel c:
//       (1) 0 <= qcount <= dataqsiz; the buffer's elements begin at recvx, qcount of them, round the ring
//       (2) sendx == (recvx + qcount) mod dataqsiz
//       (3) qcount > 0         =>  recvq is empty    where there is a value none waits to receive
//       (4) qcount < dataqsiz  =>  sendq is empty    where there is room none waits to send
//       (5) closed             =>  recvq and sendq are empty
//       (6) recvq is empty, or sendq is, or those on both sides are of one select of one G (without a buffer)
//     Of a select's sudogs those do not count that were won elsewhere (selectDone is 1): they stand in the
//     queue still, but none will deal with them.
//
// en: Hence: where a sender finds one that waits to receive, the buffer is empty, and the value handed straight
//     to it overtakes no earlier one; and after a receiver has taken one from the buffer there is room for the
//     first that waits to send. First come, first served, in both queues.
//
// en: Operations that don't wait first look without the lock: nothing to be had from an empty channel, no room
//     in a full one, and mostly they return right there. What they say is "at this moment it was empty, and not
//     closed", but that can't be read at once. Read empty first, then closed: a closed channel never opens
//     again, so at the moment it was read empty it was not closed. The other way round: read "not closed"; then
//     a value is put in, the channel closed, the value taken; now read "empty": the channel has long been
//     closed, and is called empty (Go issue 36714).
#include "ch1_entry/switch.hpp"
#include "ch6_parking/attempt.hpp"
#include "ch6_parking/inside.hpp"
#include "ch6_parking/parking.hpp"
#include "ch6_parking/waitq.hpp"
#include "newproc/go.hpp"

namespace newproc::rt {
namespace {

// [look]
/// zh: 发不了，没有锁：没有缓冲，看有没有人等着收；否则看缓冲满了没有。
/// en: Nothing can be sent, without the lock: with no buffer, if none waits to receive; else, if the buffer is
///     full.
/// Go: chan.go, full
bool full(const hchan* c) {
  if (c->dataqsiz == 0) return none_waits(c->recvq);
  // zh: 与 put_done 的 release 配对 en: pairs with the release in put_done
  return c->qcount.load(order::acquire) == c->dataqsiz;
}

/// zh: 收不到，没有锁。 en: Nothing can be received, without the lock.
/// Go: chan.go, empty
bool empty(const hchan* c) {
  if (c->dataqsiz == 0) return none_waits(c->sendq);
  // zh: 与 take 的 release 配对 en: pairs with the release in take
  return c->qcount.load(order::acquire) == 0;
}

/// zh: 关了，没有锁；在 full 或 empty 之后问。 en: It is closed, without the lock; to be asked after full or empty.
bool closed(const hchan* c) {
  // zh: 与 closechan 的 release 配对 en: pairs with the release in closechan
  return c->closed.load(order::acquire);
}
// [look]

// [locked]
/// zh: 锁着的一段。结束时放锁，再放行 woken（也许没有）；搬的时候抛出异常，也是这样。锁下不放行：那要拿别的锁。
/// en: A stretch under the lock. At its end the lock is released, then woken is let go on (there may be none); so
///     it is too when a move throws. Not under the lock: that takes others.
struct locked {
  explicit locked(hchan* channel) NO_THREAD_SAFETY_ANALYSIS : c(channel) { c->lock.lock(); }
  ~locked() NO_THREAD_SAFETY_ANALYSIS {
    if (c == nullptr) return;  // zh: 锁已交给落地的一方 en: the lock was left to the side that lands
    c->lock.unlock();
    if (woken != nullptr) goready(woken);
  }
  locked(const locked&) = delete;
  locked& operator=(const locked&) = delete;

  hchan* c;
  G* woken = nullptr;
};
// [locked]

/// zh: 在落地的那个栈上：锁是离开者拿的，由我们放。
/// en: On the stack where we land: the leaver took the lock, we release it.
void chanparkcommit(G* g) NO_THREAD_SAFETY_ANALYSIS {
  hchan* c = g->waiting->c;
  c->lock.unlock();
}

// [wait]
/// zh: 当前的 G @p g 排到队里，停下，等到轮到。此后不再碰 c：它也许已经作废。
/// en: The current G @p g queues and parks until its turn. After that c is not touched: it may be void.
[[gnu::always_inline]] inline wakeup wait_in_queue(hchan* c, G* g, void* elem, bool sends) {
  sudog* sg = acquireSudog(g);
  sg->elem = elem;
  sg->c = c;
  sg->sends = sends;
  g->waiting = sg;
  enqueue(sends ? c->sendq : c->recvq, sg);
  gogo_direct(g, gopark(g, sends ? "chan send" : "chan receive"), chanparkcommit);
  const wakeup how = sg->woken;
  g->waiting = nullptr;
  sg->elem = nullptr;
  sg->c = nullptr;
  releaseSudog(sg);
  return how;
}
// [wait]

}  // namespace

// [chansend]
chan_op selectnbsend(hchan* c, void* elem) NO_THREAD_SAFETY_ANALYSIS {
  if (c == nullptr || (full(c) && !closed(c))) return chan_op::full;
  locked l(c);
  return trysend(c, elem, l.woken);
}

namespace {

/// zh: 发出去，没有地方就等；success 或 closed。 en: Sends, waits while there is no room; success or closed.
[[gnu::always_inline]] inline chan_op send_or_wait(hchan* c, G* g,
                                                   void* elem) NO_THREAD_SAFETY_ANALYSIS {
  for (;;) {
    {
      locked l(c);
      const chan_op op = trysend(c, elem, l.woken);
      if (op != chan_op::full) return op;
      l.c = nullptr;
    }
    switch (wait_in_queue(c, g, elem, true)) {
      case wakeup::success:
        return chan_op::success;
      case wakeup::closed:
        return chan_op::closed;
      case wakeup::again:
        break;
    }
  }
}

}  // namespace

chan_op chansend(hchan* c, void* elem, bool block) {
  G* g = goroutine("chan::send");
  if (c == nullptr && block) rt::block(g, "chan send (nil chan)");
  const chan_op op = block ? send_or_wait(c, g, elem) : selectnbsend(c, elem);
  if (op == chan_op::closed) panic("send on closed channel");
  return op;
}
// [chansend]

// [chanrecv]
namespace {

/// Go: chan.go, selectnbrecv
chan_op selectnbrecv(hchan* c, void* elem) NO_THREAD_SAFETY_ANALYSIS {
  if (c == nullptr) return chan_op::empty;
  if (empty(c)) {
    if (!closed(c)) return chan_op::empty;
    // zh: 关了；可是看空与看关之间也许进来过一个值，再看一眼
    // en: closed; but a value may have come in between our looks at empty and at closed: look again
    if (empty(c)) return chan_op::closed;
  }
  locked l(c);
  return tryrecv(c, elem, l.woken);
}

/// zh: 收一个，没有就等；success 或 closed。 en: Receives one, waits while there is none; success or closed.
[[gnu::always_inline]] inline chan_op recv_or_wait(hchan* c, G* g,
                                                   void* elem) NO_THREAD_SAFETY_ANALYSIS {
  for (;;) {
    {
      locked l(c);
      const chan_op op = tryrecv(c, elem, l.woken);
      if (op != chan_op::empty) return op;
      l.c = nullptr;
    }
    switch (wait_in_queue(c, g, elem, false)) {
      case wakeup::success:
        return chan_op::success;
      case wakeup::closed:
        return chan_op::closed;
      case wakeup::again:
        break;
    }
  }
}

}  // namespace

chan_op chanrecv(hchan* c, void* elem, bool block) {
  G* g = goroutine("chan::recv");
  if (c == nullptr && block) rt::block(g, "chan receive (nil chan)");
  return block ? recv_or_wait(c, g, elem) : selectnbrecv(c, elem);
}
// [chanrecv]

// [closechan]
// zh: 先收齐等着的，放了锁，再一个个放行：放行要拿别的锁，而且醒来的人马上会来拿这一把。链是后进先出的，于是等着的
//     A、B、C 在这个 P 上按 A、C、B 的次序跑，同 Go。
// en: First gather all that wait, release the lock, then let them go on one by one: that takes other locks, and
//     those that wake will want this one at once. The list is last in first out, so that A, B, C, which waited
//     in this order, run on this P in the order A, C, B, as in Go.
void closechan(hchan* c) NO_THREAD_SAFETY_ANALYSIS {
  goroutine("chan::close");
  if (c == nullptr) panic("close of nil channel");
  c->lock.lock();
  if (c->closed.load(order::relaxed)) {
    c->lock.unlock();
    panic("close of closed channel");
  }
  // zh: 与 closed 的 acquire 配对 en: pairs with the acquire in closed
  c->closed.store(true, order::release);
  G* list = nullptr;
  for (waitq* q : {&c->recvq, &c->sendq})
    while (sudog* sg = dequeue(*q)) {
      G* g = turn(sg, wakeup::closed);
      g->schedlink = list;
      list = g;
    }
  c->lock.unlock();
  while (G* g = list) {
    list = g->schedlink;
    g->schedlink = nullptr;
    goready(g);
  }
}
// [closechan]

}  // namespace newproc::rt
