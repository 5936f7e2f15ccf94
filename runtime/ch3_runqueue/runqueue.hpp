// zh: 第 3 章的接缝：可运行的 G 放在哪里，怎样取、怎样偷。
// en: Chapter 3's seam: where runnable Gs are kept, how they are taken and stolen.
#pragma once

#include "model/current.hpp"  // IWYU pragma: export

namespace newproc::rt {

/// zh: 把 @p g 放进 @p p 的本地队列。@p next 为真时 g 占据 runnext，旧住户退到环尾；
///     环满时，最老的一半和它一起去全局队列。
/// en: Puts @p g on @p p's local queue. With @p next it takes runnext and the old occupant moves to
///     the ring's tail; from a full ring the oldest half goes to the global queue with it.
/// Go: proc.go, runqput
/// @pre zh: 调用者是 p 的主人；g 是 Grunnable，不在任何队列里。
///      en: the caller owns p; g is Grunnable and on no queue.
/// @post zh: g 对窃取者可见（release）。 en: thieves can see g (release).
void runqput(P* p, G* g, bool next) REQUIRES(p->owner) EXCLUDES(sched.lock);

/// zh: 下一个 G，和它从哪里来。 en: The next G, and where it comes from.
struct next_g {
  G* g = nullptr;
  // zh: 来自 runnext，继承剩下的时间片 en: from runnext: inherits the rest of the time slice
  bool inheritTime = false;
};

/// zh: 取出下一个 G：先 runnext，再环头。空则 g 为 nullptr。
/// en: Takes the next G: runnext first, then the ring's head. g is nullptr when empty.
/// Go: proc.go, runqget
next_g runqget(P* p) REQUIRES(p->owner);

/// zh: 这个队列空吗？谁都可以问，不要锁。只许错在一边：可以把刚变空的说成不空，
///     绝不把整个询问期间都有 G 的说成空。
/// en: Is this queue empty? Anybody may ask, without a lock. It may err on one side only: it may
///     call one "not empty" that has just become empty, but never "empty" one that held a G all the
///     while.
/// Go: proc.go, runqempty
bool runqempty(const P* p);

/// zh: 从 @p victim 偷一半（向上取整）到 @p p，返回其中一个去跑；没有则 nullptr。
///     @p stealRunNextG：环空时连 runnext 也拿。
/// en: Steals half (rounded up) of @p victim's into @p p and returns one of them to run; nullptr if
///     there is none. @p stealRunNextG: take runnext too when the ring is empty.
/// Go: proc.go, runqsteal
/// @pre zh: 调用者是 p 的主人，p 的环是空的。 en: the caller owns p, whose ring is empty.
G* runqsteal(P* p, P* victim, bool stealRunNextG) REQUIRES(p->owner);

/// zh: 放到全局队列的末尾。 en: Puts @p g at the global queue's tail.
/// Go: proc.go, globrunqput
void globrunqput(G* g) REQUIRES(sched.lock);

/// zh: 从全局队列取一批：返回第一个，其余进 @p p 的本地队列。
///     一批是 runqsize/gomaxprocs + 1，不超过 @p max（大于零时）和环的一半。
/// en: Takes a batch from the global queue: returns the first, the others go to @p p's local queue.
///     A batch is runqsize/gomaxprocs + 1, at most @p max (if above zero) and half a ring.
/// Go: proc.go, globrunqget
G* globrunqget(P* p, std::int32_t max) REQUIRES(p->owner, sched.lock);

/// zh: 全局队列的长度；不拿锁时只是个提示。
/// en: The global queue's length; without the lock, a hint.
inline std::int32_t globrunqsize() { return sched.runqsize.load(order::relaxed); }

/// zh: 一串停着的 G（由 schedlink 相连，可以是空的）可以跑了：按次序进 @p p 的队列；没有 p 就进全局队列。
/// en: Parked Gs, linked by schedlink (there may be none), may run now: in that order onto @p p's queue;
///     without a p onto the global one.
/// Go: proc.go, injectglist
void injectglist(P* p, G* list) EXCLUDES(sched.lock);

/// zh: 在 g0 上：@p g 让出，到全局队列的末尾；随后 schedule 会选下一个。
/// en: On g0: @p g yields, to the end of the global queue; then schedule chooses the next.
/// Go: proc.go, gosched_m
void gosched_m(G* g) EXCLUDES(sched.lock);

/// zh: 一次运行开始。 en: A run begins.
void runqueueinit();

}  // namespace newproc::rt
