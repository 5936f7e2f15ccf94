// zh: 第 5 章的接缝：M 怎样选下一个 G，何时自旋，何时休眠；以及交活的人该做什么。
// en: Chapter 5's seam: how an M chooses its next G, when it spins, when it sleeps; and what
//     whoever submits work must do.
#pragma once

#include "gmp.hpp"

namespace newproc::rt {

/// zh: 调度循环，在 g0 上。世界结束，或这个线程该结束时返回。
/// en: The scheduling loop, on g0. Returns when the world ends or this thread is to.
/// Go: proc.go, schedule
void schedule();

/// zh: @p g 结束了：不必去找就轮到的下一个 G，已是本 M 的 Grunning；没有，或要 g0 来处理，则
///     nullptr。
/// en: @p g has ended: the G whose turn it is without searching, made this M's and Grunning; nullptr
///     if there is none or g0 must see to it.
G* successor(const G* g);

/// zh: 刚往 @p p 的队列放了活：保证会有人来找。两道屏障中交活一方的那道在这里。
/// en: Work was just put on @p p's queue: make sure somebody will look for it. The submitter's half
///     of the two barriers is here.
/// Go: proc.go, the end of newproc1 and of ready
void workadded(P* p) REQUIRES(p->owner) EXCLUDES(sched.lock);

/// zh: 又少了一个可能干活的 M：若一个也不剩，而还有 goroutine 停着，就是死锁，说出来并退出。
/// en: One M less that might do work: if none is left while goroutines are parked, that is a
///     deadlock; tells it and exits.
/// Go: proc.go, checkdead
void checkdead() REQUIRES(sched.lock);

// --- zh: 以下只在本章内部使用。 en: Below: used within the chapter only.

/// zh: 找到的 G，没有则 nullptr；它是否继承时间片。
/// en: The G that was found, nullptr if none; and whether it inherits the time slice.
struct found_g {
  G* g = nullptr;
  bool inheritTime = false;
};

/// zh: 在 g0 上，握有 P：找一个 G 来跑；找不到就放下 P 睡，醒来再找。世界结束时 g 为 nullptr。
/// en: On g0, with a P: finds a G to run; if there is none lets go of the P, sleeps, and searches
///     again. g is nullptr when the world ends.
/// Go: proc.go, findrunnable
found_g findrunnable() EXCLUDES(sched.lock);

/// zh: 没有找到活的 @p m（当前的 M）准备睡下：放下 P，退出自旋，再看一遍所有的队列。返回假：可以睡，
///     m 没有 P，也没有自旋。返回真：又有活了，m 握有 P，回去再找。
/// en: @p m (the current M) has found no work and is about to sleep: it lets go of its P, stops
///     spinning, and looks into all queues once more. False: it may sleep, has no P and does not
///     spin. True: there is work again, it holds a P and must search again.
/// Go: proc.go, findrunnable, from releasep on
bool retire(M* m) EXCLUDES(sched.lock);

/// zh: 跑 @p g；它离开之后返回。 en: Runs @p g; returns when it has left.
/// Go: proc.go, execute
void execute(G* g, bool inheritTime);

/// zh: 自旋的 M 找到了活：退出自旋；它若是最后一个，要叫下一个。
/// en: A spinning M has found work: it stops spinning; if it was the last it must wake the next.
/// Go: proc.go, resetspinning
void resetspinning() EXCLUDES(sched.lock);

/// zh: 当前 M 开始自旋。 en: The current M begins to spin.
/// Go: proc.go, becomeSpinning
void becomeSpinning(M* m);

}  // namespace newproc::rt
