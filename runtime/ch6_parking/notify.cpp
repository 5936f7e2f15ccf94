// zh: 通知表：凭号等通知。条件变量站在它上面。
//
// zh: 条件变量的难处在两步之间：等的人放开锁，再停下。放开之后、停下之前来的 signal 不许丢，也不许叫醒更晚来的人。所
//     以先领号，再放锁；叫也是按号叫。叫到的号若还没有来排队，他来的时候看得见自己的号已经叫过，就不停了。比 notify
//     小的号都叫过；32 位会绕回，比的是差的正负。
//
// zh: 没有采用的设计：先排队再放锁、停下（排队要拿表的锁，而那时握着用户的锁；领号不用锁）；signal 给信号量加一（更晚
//     来等的人会抢走它）。
//
// en: The notify list: waiting to be notified, by ticket. Condition variables stand on it.
//
// en: The difficulty of a condition variable lies between two steps: the waiter unlocks, then parks. A signal
//     that comes in between must not be lost, nor wake one that came later. So it draws a ticket first, then
//     unlocks; and it is tickets that are called. If the one called has not queued yet, it sees when it comes
//     that its ticket has been called, and does not park. All tickets below notify have been called; 32 bits wrap
//     around, so it is the sign of the difference that is compared.
//
// en: Designs not taken: queue first, then unlock and park (queueing takes the list's lock while the user's is
//     held; drawing a ticket takes none); a semaphore to which signal adds one (one that comes to wait later
//     takes it away).
#include "ch1_entry/switch.hpp"
#include "ch6_parking/inside.hpp"
#include "ch6_parking/parking.hpp"
#include "ch6_parking/waitq.hpp"

namespace newproc::rt {
namespace {

/// zh: @p a 在 @p b 之前；绕回也算得对。 en: @p a comes before @p b, wrap-around included.
/// Go: sema.go, less
bool less(std::uint32_t a, std::uint32_t b) { return static_cast<std::int32_t>(a - b) < 0; }

void notifyparkcommit(G* g) NO_THREAD_SAFETY_ANALYSIS {
  sudog* sg = g->waiting;
  lock_of(sg->elem).unlock();
}

/// zh: 上一次运行领过的号都作废。 en: All tickets drawn in a former run are void.
void forget_former(notifyList& l) NO_THREAD_SAFETY_ANALYSIS {
  // zh: 与下面的 release 配对 en: pairs with the release below
  if (l.run.load(order::acquire) == sched.run) return;
  p_mutex& lock = lock_of(&l);
  lock.lock();
  if (l.run.load(order::relaxed) != sched.run) {
    l.queue.first.store(nullptr, order::relaxed);
    l.queue.last = nullptr;
    l.notify.store(l.wait.load(order::relaxed), order::relaxed);
    l.run.store(sched.run, order::release);
  }
  lock.unlock();
}

/// zh: 没有人领过还没叫的号；不要锁。 en: No ticket is drawn and not called; without the lock.
bool all_called(const notifyList& l) {
  // zh: 没有对手：领号的人放开了锁，改了条件的人拿过它，号由那把锁带来
  // en: no partner: who drew a ticket has released the lock, who changed the condition has taken it; the lock
  //     brings the ticket along
  return l.wait.load(order::relaxed) == l.notify.load(order::relaxed);
}

}  // namespace

std::uint32_t notifyListAdd(notifyList& l) {
  forget_former(l);
  return l.wait.fetch_add(1, order::relaxed);
}

// [wait]
void notifyListWait(notifyList& l, std::uint32_t ticket) NO_THREAD_SAFETY_ANALYSIS {
  G* g = getg();
  p_mutex& lock = lock_of(&l);
  lock.lock();
  if (less(ticket, l.notify.load(order::relaxed))) {
    lock.unlock();
    return;
  }
  sudog* sg = acquireSudog(g);
  sg->elem = &l;
  sg->ticket = ticket;
  g->waiting = sg;
  enqueue(l.queue, sg);
  gogo_direct(g, gopark(g, "sync.Cond.Wait"), notifyparkcommit);
  g->waiting = nullptr;
  sg->elem = nullptr;
  releaseSudog(sg);
}
// [wait]

// [notify]
void notifyListNotifyOne(notifyList& l) NO_THREAD_SAFETY_ANALYSIS {
  forget_former(l);
  if (all_called(l)) return;
  p_mutex& lock = lock_of(&l);
  lock.lock();
  sudog* sg = nullptr;
  if (!all_called(l)) {
    const std::uint32_t called = l.notify.load(order::relaxed);
    l.notify.store(called + 1, order::relaxed);
    // zh: 几乎总是排头：来排队的次序和领号的次序差不了多少 en: it is nearly always the head: they queue much in the order they drew
    sg = head(l.queue);
    while (sg != nullptr && sg->ticket != called) sg = sg->next;
    if (sg != nullptr) dequeueSudoG(l.queue, sg);
  }
  lock.unlock();
  if (sg != nullptr) goready(sg->g);
}

void notifyListNotifyAll(notifyList& l) NO_THREAD_SAFETY_ANALYSIS {
  forget_former(l);
  if (all_called(l)) return;
  p_mutex& lock = lock_of(&l);
  lock.lock();
  sudog* sg = head(l.queue);
  l.queue.first.store(nullptr, order::relaxed);
  l.queue.last = nullptr;
  l.notify.store(l.wait.load(order::relaxed), order::relaxed);
  lock.unlock();
  while (sg != nullptr) {
    sudog* next = sg->next;
    sg->next = nullptr;
    sg->prev = nullptr;
    goready(sg->g);
    sg = next;
  }
}
// [notify]

}  // namespace newproc::rt
