// zh: 等着的人排的队：一条双向的链。select 的 sudog 要能从中间取下，所以有 prev。
//
// zh: 一个 select 同时排在几个队里，几个人可以同时轮到它。谁把它的 selectDone 从 0 改成 1，谁就赢得了它；别人
//     把它从队里取下，跳过。只有一个 P 时没有别人，一次普通的写就够。
//
// en: The queue of those that wait: a doubly linked list. A select's sudog must come out of the middle, hence
//     prev.
//
// en: A select stands in several queues at once, and its turn may come in several at once. Who changes its
//     selectDone from 0 to 1 has won it; the others take it off their queue and skip it. With one P there are
//     no others, and a plain store does.
#pragma once

#include "ch6_parking/inside.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

/// zh: 排头，不取下；要有锁。 en: The head, not taken off; with the lock.
inline sudog* head(const waitq& q) { return q.first.load(order::relaxed); }

/// zh: 空吗？不要锁也可以问，答案可能马上就旧了。
/// en: Is it empty? May be asked without the lock; the answer may be old at once.
inline bool none_waits(const waitq& q) {
  // zh: 与 set_head 的 release 配对：看见空了，也看得见取下最后一个之前发生的一切
  // en: pairs with the release in set_head: if it is seen empty, so is all that came before the last one was
  //     taken off
  return q.first.load(order::acquire) == nullptr;
}

/// zh: 排头成为 @p sg，也许是空的。 en: The head becomes @p sg, which may be null.
inline void set_head(waitq& q, sudog* sg) {
  // zh: 与 none_waits 的 acquire 配对 en: pairs with the acquire in none_waits
  q.first.store(sg, order::release);
}

// [queue]
/// zh: 排到最后。 en: To the end.
/// Go: chan.go, waitq.enqueue
inline void enqueue(waitq& q, sudog* sg) {
  sg->next = nullptr;
  if (head(q) == nullptr) {
    sg->prev = nullptr;
    set_head(q, sg);
  } else {
    sudog* last = q.last;
    sg->prev = last;
    last->next = sg;
  }
  q.last = sg;
}

/// zh: 排到最前面。 en: To the front.
inline void enqueue_front(waitq& q, sudog* sg) {
  sudog* second = head(q);
  sg->prev = nullptr;
  sg->next = second;
  if (second == nullptr)
    q.last = sg;
  else
    second->prev = sg;
  set_head(q, sg);
}

/// zh: 取下 @p sg；已不在队里就什么也不做。 en: Takes off @p sg; does nothing if it is not in the queue any more.
/// Go: chan.go, waitq.dequeueSudoG
inline void dequeueSudoG(waitq& q, sudog* sg) {
  sudog* before = sg->prev;
  sudog* after = sg->next;
  // zh: 没有邻居的，也许是唯一的一个，也许早已取下 en: without neighbours it may be the only one, or off already
  if (before == nullptr && head(q) != sg) return;
  if (before == nullptr)
    set_head(q, after);
  else
    before->next = after;
  if (after == nullptr)
    q.last = before;
  else
    after->prev = before;
  sg->next = nullptr;
  sg->prev = nullptr;
}
// [queue]

// [dequeue]
/// zh: 赢得 @p sg 所属的 select 吗？ en: Do we win the select that @p sg belongs to?
inline bool win(sudog* sg) {
  G* g = sg->g;
  if (sched.one_p) {
    if (g->selectDone.load(order::relaxed) != 0) return false;
    g->selectDone.store(1, order::relaxed);
  } else {
    std::uint32_t waiting = 0;
    // zh: 没有对手：读改写总读最新的，恰有一个人赢；其余都在通道的锁下
    // en: no partner: a read-modify-write reads the newest, exactly one wins; all else is under the channels'
    //     locks
    if (!g->selectDone.compare_exchange_strong(waiting, 1, order::relaxed, order::relaxed))
      return false;
  }
  g->param = sg;
  return true;
}

/// zh: 取下排头，它的 G 从此归我们放行；select 的先要赢得，赢不到的跳过。没有则 nullptr。
/// en: Takes off the head, whose G is ours to let go on from now; one of a select must be won first, and is
///     skipped if it can't be. nullptr if there is none.
/// Go: chan.go, waitq.dequeue
inline sudog* dequeue(waitq& q) {
  for (;;) {
    sudog* sg = head(q);
    if (sg == nullptr) return nullptr;
    sudog* second = sg->next;
    set_head(q, second);
    if (second == nullptr) {
      q.last = nullptr;
    } else {
      second->prev = nullptr;
      sg->next = nullptr;
    }
    if (!sg->isSelect || win(sg)) return sg;
  }
}
// [dequeue]

}  // namespace newproc::rt
