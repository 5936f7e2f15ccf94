// zh: 第 5 章的接缝：M 怎样选下一个 G，何时自旋，何时休眠；以及交活的人该做什么。
// en: Chapter 5's seam: how an M chooses its next G, when it spins, when it sleeps; and what
//     a submitter of work must do.
#pragma once

#include "model/current.hpp"  // IWYU pragma: export

namespace newproc::rt {

/// zh: 调度循环，在 g0 上。世界结束，或这个线程该结束时返回。
/// en: The scheduling loop, on g0. Returns when the world ends or this thread is to.
/// Go: proc.go, schedule
void schedule();

/// zh: 当前的 @p g 结束了，或要停下：不必去找就轮到的下一个 G，已是本 M 的 Grunning；没有，或要 g0 来处理，则
///     nullptr。
/// en: @p g, the current one, has ended or is about to park: the G whose turn it is without searching,
///     made this M's and Grunning; nullptr if there is none or g0 must see to it.
G* successor(const G* g);

/// zh: 刚往 @p p 的队列放了活：保证会有人来找。两道屏障中交活一方的那道在这里。
/// en: Work was just put on @p p's queue: make sure that an M will look for it. The submitter's
///     half of the two barriers is here.
/// Go: proc.go, the end of newproc1 and of ready
void workadded(P* p) REQUIRES(p->owner) EXCLUDES(sched.lock);

/// zh: 又少了一个可能干活的 M：若一个也不剩，而还有 goroutine 停着，就是死锁，说出来并退出。
/// en: One M less that might do work: if none is left while goroutines are parked, that is a
///     deadlock; tells it and exits.
/// Go: proc.go, checkdead
void checkdead() REQUIRES(sched.lock);

}  // namespace newproc::rt
