// zh: 一次通道操作里不用等的部分，锁在手里；send、recv 和 select 都从它开始。
//
// zh: 值怎样走：有人等着，直接搬进他的地方，不经过缓冲；没有人等，缓冲里有地方就放进去。收的一方先取缓冲里最老的
//     一个，再让等着发的第一个补上去。
//
// zh: 搬是用户的代码，可能抛出。那时什么也没有发生：缓冲里的数还没有改，值还在原处。轮到的那个 G 已经取下来了，放行
//     它，让它从头再来（wakeup::again）：若抛出的是它自己的那一搬，它会在自己那里碰到。所以异常总是到该到的 goroutine，
//     不必带着走。
//
// en: The part of a channel operation that needs no waiting, with the lock held; send, recv and select all
//     begin with it.
//
// en: How a value goes: if a G waits for it, straight to that one's place, past the buffer; if none does, into
//     the buffer while there is room. A receiver first takes the oldest in the buffer, then lets the first that
//     waits to send fill up.
//
// en: Moving is the user's code and may throw. Then nothing has happened: the buffer's numbers are as before,
//     the value is where it was. The G whose turn it was is off its queue by then; it is let go on to start
//     over (wakeup::again): was it its own move that threw, it will meet that by itself. So an exception always
//     reaches the goroutine that it belongs to, without being carried there.
#pragma once

#include <cstring>

#include "ch6_parking/inside.hpp"
#include "ch6_parking/waitq.hpp"

namespace newproc::rt {

// [move]
/// zh: 把一个元素从 @p from 搬到 @p to；一两个字的不必间接调用。
/// en: Moves an element from @p from to @p to; of a word or two without an indirect call.
[[gnu::always_inline]] inline void move(const chantype& type, void* to, void* from) {
  constexpr std::size_t word = sizeof(void*);
  if (type.move != nullptr) {
    type.move(to, from);
  } else if (type.size == word) {
    std::memcpy(to, from, word);
  } else if (type.size == 2 * word) {
    std::memcpy(to, from, 2 * word);
  } else if (type.size == word / 2) {
    std::memcpy(to, from, word / 2);
  } else {
    std::memcpy(to, from, type.size);
  }
}
// [move]

/// zh: @p sg 轮到了，结果是 @p how；返回它的 G，由调用者放行。
/// en: @p sg has had its turn, to the effect @p how; returns its G, for the caller to let go on.
inline G* turn(sudog* sg, wakeup how) {
  sg->woken = how;
  return sg->g;
}

// [hand]
/// zh: 和取下来的 @p sg 交接：一方的值搬到另一方的地方。搬的时候抛出，@p woken 要从头再来。
/// en: Deals with @p sg, which is off its queue: the value of one side moves to the place of the other. If the
///     move throws, @p woken is to start over.
[[gnu::always_inline]] inline void hand(const chantype& type, void* to, void* from, sudog* sg,
                                        G*& woken) {
  try {
    move(type, to, from);
  } catch (...) {
    woken = turn(sg, wakeup::again);
    throw;
  }
  woken = turn(sg, wakeup::success);
}
// [hand]

// [buffer]
inline std::byte* place(hchan* c, std::size_t i) { return c->buf + i * c->type->size; }
inline std::size_t next_slot(const hchan* c, std::size_t i) { return i + 1 == c->dataqsiz ? 0 : i + 1; }

/// zh: 缓冲里多了一个。 en: One more is in the buffer.
inline void put_done(hchan* c) {
  c->sendx = next_slot(c, c->sendx);
  // zh: 与 full 和 chanlen 的读配对；写的人都拿着锁 en: pairs with the loads in full and chanlen; who writes has the lock
  c->qcount.store(c->qcount.load(order::relaxed) + 1, order::release);
}

/// zh: 取走缓冲里最老的一个，它在通道里的那一份析构。
/// en: Takes the oldest in the buffer; its remains in the channel are destroyed.
inline void take(hchan* c, void* elem) {
  std::byte* from = place(c, c->recvx);
  move(*c->type, elem, from);
  if (c->type->destroy != nullptr) c->type->destroy(from);
  c->recvx = next_slot(c, c->recvx);
  // zh: 与 empty 的 acquire 配对：看见空了，也看见之前的关闭 en: pairs with the acquire in empty: if it is seen empty, so is a close before that
  c->qcount.store(c->qcount.load(order::relaxed) - 1, order::release);
}

/// zh: 有了空位，等着发的 @p sg 补上。它的值搬的时候抛出，那是它的事：它从头再来，自己碰到。
/// en: There is room: @p sg, which waits to send, fills it. If its value's move throws, that is its affair: it
///     starts over and meets that by itself.
inline void fill_up(hchan* c, sudog* sg, G*& woken) {
  try {
    hand(*c->type, place(c, c->sendx), sg->elem, sg, woken);
    put_done(c);
  } catch (...) {
  }
}
// [buffer]

// [trysend]
/// zh: 不等，把 @p elem 发出去：success、full 或 closed。@p woken 是因此要放行的 G，放了锁再放行；抛出异常时也一
///     样。
/// en: Sends @p elem without waiting: success, full or closed. @p woken is a G to be let go on for it, after
///     the lock is released; so it is when this throws.
[[gnu::always_inline]] inline chan_op trysend(hchan* c, void* elem, G*& woken) REQUIRES(c->lock) {
  if (c->closed.load(order::relaxed)) return chan_op::closed;
  if (sudog* sg = dequeue(c->recvq)) {
    hand(*c->type, sg->elem, elem, sg, woken);
    return chan_op::success;
  }
  if (c->qcount.load(order::relaxed) == c->dataqsiz) return chan_op::full;
  move(*c->type, place(c, c->sendx), elem);
  put_done(c);
  return chan_op::success;
}
// [trysend]

// [tryrecv]
/// zh: 不等，收到 @p elem 处：success、empty 或 closed；其余同 trysend。
/// en: Receives at @p elem without waiting: success, empty or closed; the rest is as with trysend.
[[gnu::always_inline]] inline chan_op tryrecv(hchan* c, void* elem, G*& woken) REQUIRES(c->lock) {
  if (c->qcount.load(order::relaxed) != 0) {
    take(c, elem);
    if (sudog* sg = dequeue(c->sendq)) fill_up(c, sg, woken);
    return chan_op::success;
  }
  if (c->closed.load(order::relaxed)) return chan_op::closed;
  sudog* sg = dequeue(c->sendq);
  if (sg == nullptr) return chan_op::empty;
  hand(*c->type, elem, sg->elem, sg, woken);
  return chan_op::success;
}
// [tryrecv]

}  // namespace newproc::rt
