// zh: select：在几个通道里等到一个，只做它。
//
// zh: 三遍，每一遍都握着全部的锁。第一遍按随机的次序看，有可行的就做，这就完了：随机，所以谁也不饿死。第二遍在每个
//     通道的队里各排一个 sudog，停下。第三遍在醒来之后，把没有等到的都取下来：不留一个。
//
// zh: 为什么要全部的锁？若看一个锁一个，看第二个的时候第一个已经变了；排队排到一半，先排上的就可能已经轮到，而后面的
//     还没有排。两个 select 用同样的几个通道、次序相反，各拿一把等另一把，就谁也走不了；所以人人按通道的地址从小到大
//     拿。同一个通道出现几次，锁只拿一次。停着的时候，一把也不握。
//
// zh: 停着的 select 排在几个队里，几个人可以同时轮到它；赢得 selectDone 的只有一个（waitq.hpp）。selectDone 在排进第
//     一个队之前归零，那时全部的锁都在手里：早一步，上一次还没有取下的就会被再赢一次。
//
// zh: 放锁的一方（selparkcommit）走的是 g.waiting 那条链。放了一个通道的锁，那里的 sudog 就可能变；放了最后一把，g 就
//     可能已在别处跑，链也没有了。所以先记下要放的，走过去，再放。
//
// en: select: waits for one of several channels, and does that one alone.
//
// en: Three passes, each with all the locks. The first looks in random order, does the first case that can go
//     on, and that is all: random, so that none starves. The second puts a sudog into each channel's queue and
//     parks. The third, after waking, takes off all that were not it: none is left behind.
//
// en: Why all the locks? With one at a time, the first channel has changed when the second is looked at; and
//     half queued, the turn may come in a queue while it does not stand in the others yet. Two selects of the
//     same channels in opposite orders would each take one lock and wait for the other; so all take them in the
//     order of the channels' addresses. A channel that stands in several cases is locked once. While it is
//     parked a select holds none.
//
// en: A parked select stands in several queues, and its turn may come in several at once; only one wins
//     selectDone (waitq.hpp). That is set back to zero before it goes into the first queue, with all the locks
//     held: a step earlier, and what the last select has not yet taken off could be won once more.
//
// en: The side that unlocks (selparkcommit) walks along g.waiting. Once a channel is unlocked its sudogs may
//     change; once the last is, g may be running elsewhere and the list is gone. So it notes what to unlock,
//     walks on, and unlocks then.
#include <algorithm>
#include <functional>
#include <memory>

#include "ch1_entry/switch.hpp"
#include "ch6_parking/attempt.hpp"
#include "ch6_parking/inside.hpp"
#include "ch6_parking/parking.hpp"
#include "ch6_parking/waitq.hpp"
#include "newproc/go.hpp"
#include "newproc/select.hpp"

namespace newproc {
namespace rt {
namespace {

/// zh: 一次 select：情形，看的次序，拿锁的次序；nil 通道的不在里面，count 是余下的。
/// en: One select: its cases, the order to look, the order to lock; those of nil channels are left out, and
///     count are left.
struct selecting {
  const scase* cases;
  std::uint32_t* pollorder;
  std::uint32_t* lockorder;
  std::size_t count = 0;

  [[nodiscard]] const scase& locked(std::size_t i) const { return cases[lockorder[i]]; }
};

// [order]
/// zh: 看的次序是一个随机的排列，每种一样可能：第 k 个插在前 k 个里随便一处，那里原来的挪到末尾。
/// en: The order to look is a random permutation, each equally likely: number k goes to any place among the
///     first k, and the one that was there moves to the end.
void poll_order(selecting& s, std::size_t n, M* m) {
  for (std::size_t i = 0; i < n; ++i) {
    if (s.cases[i].c == nullptr) continue;
    const std::size_t k = s.count++;
    const std::size_t at = k == 0 ? 0 : m->rand.below(static_cast<std::uint32_t>(k + 1));
    s.pollorder[k] = s.pollorder[at];
    s.pollorder[at] = static_cast<std::uint32_t>(i);
  }
}

/// zh: 拿锁的次序：地址从小到大。没有锁要拿，就不必排。
/// en: The order to lock: by address. Where there are no locks to take they need not be sorted.
void lock_order(selecting& s) {
  std::copy_n(s.pollorder, s.count, s.lockorder);
  if (sched.one_p) return;
  std::sort(s.lockorder, s.lockorder + s.count, [&s](std::uint32_t a, std::uint32_t b) {
    return std::less<>()(s.cases[a].c, s.cases[b].c);
  });
}
// [order]

// [locks]
/// Go: select.go, sellock
void sellock(const selecting& s) NO_THREAD_SAFETY_ANALYSIS {
  for (std::size_t i = 0; i < s.count; ++i)
    if (i == 0 || s.locked(i).c != s.locked(i - 1).c) s.locked(i).c->lock.lock();
}

/// Go: select.go, selunlock
void selunlock(const selecting& s) NO_THREAD_SAFETY_ANALYSIS {
  for (std::size_t i = s.count; i-- > 0;)
    if (i == 0 || s.locked(i).c != s.locked(i - 1).c) s.locked(i).c->lock.unlock();
}

/// zh: 在落地的那个栈上：放开 @p g 等着的全部通道。 en: On the stack where we land: unlocks all channels that @p g waits for.
/// Go: select.go, selparkcommit
void selparkcommit(G* g) NO_THREAD_SAFETY_ANALYSIS {
  hchan* held = nullptr;
  for (sudog* sg = g->waiting; sg != nullptr; sg = sg->waitlink) {
    hchan* c = sg->c;
    if (held != nullptr && held != c) held->lock.unlock();
    held = c;
  }
  if (held != nullptr) held->lock.unlock();
}
// [locks]

/// zh: 第一遍看下来的。 en: What the first pass has found.
struct found {
  std::size_t index;
  chan_op op;
};

// [look]
/// zh: 第一遍：按看的次序，做第一个可行的；没有则 op 是 empty。
/// en: The first pass: in the order to look, does the first that can go on; if there is none op is empty.
found look(const selecting& s, G*& woken) NO_THREAD_SAFETY_ANALYSIS {
  for (std::size_t i = 0; i < s.count; ++i) {
    const std::size_t index = s.pollorder[i];
    const scase& one = s.cases[index];
    const chan_op op =
        one.sends ? trysend(one.c, one.elem, woken) : tryrecv(one.c, one.elem, woken);
    if (op == chan_op::success || op == chan_op::closed) return {index, op};
  }
  return {0, chan_op::empty};
}
// [look]

// [enqueue]
/// zh: 第二遍：每个情形排一个 sudog。 en: The second pass: a sudog into the queue for each case.
void enqueue_all(const selecting& s, G* g) {
  g->selectDone.store(0, order::relaxed);
  sudog* last = nullptr;
  for (std::size_t i = 0; i < s.count; ++i) {
    const scase& one = s.locked(i);
    sudog* sg = acquireSudog(g);
    sg->isSelect = true;
    sg->elem = one.elem;
    sg->c = one.c;
    sg->sends = one.sends;
    if (last == nullptr)
      g->waiting = sg;
    else
      last->waitlink = sg;
    last = sg;
    enqueue(one.sends ? one.c->sendq : one.c->recvq, sg);
  }
}
// [enqueue]

/// zh: 醒来之后：等到的是第几个，怎样等到的。 en: After waking: which one it was, and how.
struct winner {
  std::size_t index;
  wakeup how;
};

// [dequeue_all]
/// zh: 第三遍：等到的那个早已不在队里，其余的都取下；全都还回去。
/// en: The third pass: the one that was won is off its queue, all others are taken off now; all are given back.
winner dequeue_all(const selecting& s, G* g) NO_THREAD_SAFETY_ANALYSIS {
  sudog* won = g->param;
  g->param = nullptr;
  winner result{0, won->woken};
  sudog* sg = g->waiting;
  g->waiting = nullptr;
  for (std::size_t i = 0; i < s.count; ++i) {
    const scase& one = s.locked(i);
    if (sg == won)
      result.index = s.lockorder[i];
    else
      dequeueSudoG(one.sends ? one.c->sendq : one.c->recvq, sg);
    sudog* next = sg->waitlink;
    sg->waitlink = nullptr;
    sg->isSelect = false;
    sg->elem = nullptr;
    sg->c = nullptr;
    releaseSudog(sg);
    sg = next;
  }
  return result;
}
// [dequeue_all]

selected result_of(const selecting& s, std::size_t index, bool closed) {
  if (closed && s.cases[index].sends) panic("send on closed channel");
  return {index, !closed};
}

/// zh: 只有一个情形：就是普通的收发。 en: A single case is a plain operation.
selected only(const scase& one, bool block) {
  const chan_op op =
      one.sends ? chansend(one.c, one.elem, block) : chanrecv(one.c, one.elem, block);
  const bool none = op == chan_op::full || op == chan_op::empty;
  return {none ? std::size_t{1} : 0, op == chan_op::success};
}

}  // namespace

// [selectgo]
selected selectgo(const scase* cases, std::uint32_t* orders, std::size_t n, bool block) {
  G* g = goroutine("select");
  if (n == 1) return only(*cases, block);
  if (n == 0 && block) rt::block(g, "select (no cases)");

  selecting s{cases, orders, orders + n};
  poll_order(s, n, g->m);
  lock_order(s);
  for (;;) {
    G* woken = nullptr;
    found one{};
    sellock(s);
    try {
      one = look(s, woken);
    } catch (...) {
      selunlock(s);
      if (woken != nullptr) goready(woken);
      throw;
    }
    if (one.op != chan_op::empty || !block) {
      selunlock(s);
      if (woken != nullptr) goready(woken);
      if (one.op == chan_op::empty) return {n, false};
      return result_of(s, one.index, one.op == chan_op::closed);
    }

    enqueue_all(s, g);
    gogo_direct(g, gopark(g, "select"), selparkcommit);

    sellock(s);
    const winner w = dequeue_all(s, g);
    selunlock(s);
    if (w.how != wakeup::again) return result_of(s, w.index, w.how == wakeup::closed);
  }
}
// [selectgo]

}  // namespace rt

// [span]
std::size_t select(std::span<select_case> cases) {
  constexpr std::size_t few = 16;
  const std::size_t all = cases.size();
  const bool wait = all == 0 || cases.back().part_->waits();
  const std::size_t n = wait ? all : all - 1;
  rt::scase list_of_few[few];
  std::uint32_t orders_of_few[2 * few];
  std::unique_ptr<rt::scase[]> list_of_many;
  std::unique_ptr<std::uint32_t[]> orders_of_many;
  rt::scase* list = list_of_few;
  std::uint32_t* orders = orders_of_few;
  if (n > few) {
    list = (list_of_many = std::make_unique<rt::scase[]>(n)).get();
    orders = (orders_of_many = std::make_unique<std::uint32_t[]>(2 * n)).get();
  }
  for (std::size_t i = 0; i < n; ++i) {
    if (!cases[i].part_->waits()) panic("newproc: otherwise must stand last in a select");
    list[i] = cases[i].part_->ready();
  }
  const rt::selected chosen = rt::selectgo(list, orders, n, wait);
  cases[chosen.index].part_->run(chosen.received);
  return chosen.index;
}
// [span]

}  // namespace newproc
