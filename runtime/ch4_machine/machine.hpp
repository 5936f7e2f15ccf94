// zh: 第 4 章的接缝：M 从哪里来，怎样睡，谁叫醒它；P 闲着时放在哪里。
// en: Chapter 4's seam: where Ms come from, how they sleep, who wakes them; where idle Ps are kept.
#pragma once

#include "model/current.hpp"  // IWYU pragma: export

namespace newproc::rt {

/// zh: 有活了，叫一个 M 来找。已经有人在自旋（或正被叫醒）就什么也不做：它找到活之后会再叫下一个。
/// en: There is work: wake an M to look for it. Does nothing if an M spins (or is being woken):
///     once that one has found work it wakes the next.
/// Go: proc.go, wakep
void wakep() EXCLUDES(sched.lock);

/// zh: 让一个 M 来跑 @p p（nullptr：随便一个空闲的）：睡着的 M，否则新建。没有空闲 P 就作罢。
/// en: Gets an M to run @p p (nullptr: any idle one): one that sleeps, else a new one. Without an
///     idle P it does nothing.
/// Go: proc.go, startm
/// @pre zh: spinning 为真时，调用者已经给 nmspinning 加了一。
///      en: if spinning, the caller has already added one to nmspinning.
void startm(P* p, bool spinning) EXCLUDES(sched.lock);

/// zh: 当前 M 睡下，直到有人交给它一个 P；世界结束时没有 P 也会醒来。
/// en: The current M sleeps until another hands it a P; at the world's end it wakes without one.
/// Go: proc.go, stopm
/// @pre zh: 没有 P，没有自旋，没有关抢占。 en: no P, not spinning, preemption not off.
void stopm() EXCLUDES(sched.lock);

/// zh: 把不再有 M 的 @p p 交出去：有活就找 M 来，没活就放进空闲表。
/// en: Hands off @p p, which has no M any more: to an M if there is work, else to the idle list.
/// Go: proc.go, handoffp
void handoffp(P* p) EXCLUDES(sched.lock);

/// zh: 哪里有活吗：全局队列里，或任何一个 P 的队列里？不要锁，错也只错在 runqempty 那一边。给放下 P 的人
///     在睡下之前看。凡是有一种新的活，就在这里添一行。
/// en: Is there work anywhere, on the global queue or on any P's? No lock; errs on runqempty's side
///     only. For an M that has let go of a P, to ask before it sleeps. A new kind of work gets its
///     line here.
/// Go: proc.go, checkRunqsNoP
/// @pre zh: 放下 P 之后、问之前，有一道 seq_cst 屏障。
///      en: between letting go of the P and asking stands a seq_cst fence.
bool work_anywhere();

/// zh: 当前 M 握住 @p p；在此之前 M 没有 P，p 也没有 M。
/// en: The current M takes @p p; until now it had no P and p no M.
/// Go: proc.go, acquirep
void acquirep(P* p);

/// zh: 当前 M 放下它的 P 并返回它：从此要由调用者安置。
/// en: The current M lets go of its P and returns it: the caller must find it a place.
/// Go: proc.go, releasep
P* releasep();

/// zh: 取一个空闲的 P，没有则 nullptr。空闲的 P 与 M 都后进先出（最近睡下的缓存最热）。不阻塞；文档
///     写的“Block”是“须持有 sched.lock”。
/// en: Takes an idle P, nullptr if there is none. Idle Ps and Ms are last in first out (the last to
///     sleep has the warmest cache). This does not block; the document's "Block" means "sched.lock
///     must be held".
/// Go: proc.go, pidleget
P* pidleget() REQUIRES(sched.lock);

/// zh: @p p 空闲了：没有 M，队列空；不拿锁的交活的人从此数得到它。
/// en: @p p is idle: without an M, its queue empty; submitters, who take no lock, count it from
///     now.
/// Go: proc.go, pidleput
void pidleput(P* p) REQUIRES(sched.lock);

/// zh: 像 pidleget，但拿不到时记下 needspinning：下一个要放下 P 的 M 会改为自旋。
/// en: Like pidleget, but when there is none it notes needspinning: the next M that is about to let
///     go of its P spins instead.
/// Go: proc.go, pidlegetSpinning
P* pidlegetSpinning() REQUIRES(sched.lock);

/// zh: 轮到一个绑着别的 M 的 @p g：把自己的 P 交给那个 M，自己睡下；醒来又有了 P，世界结束则没有。
/// en: It is the turn of @p g, which is bound to another M: gives our P to that M and sleeps;
///     wakes with a P, without one at the world's end.
/// Go: proc.go, startlockedm
void startlockedm(G* g) EXCLUDES(sched.lock);

/// zh: 绑着 G 的当前 M 放下 P，睡到有人带着 P 来叫，因为它的 G 可以跑了；世界结束则返回假。
/// en: The current M, bound to a G, lets go of its P and sleeps until another M brings one because
///     its G can run; false at the world's end.
/// Go: proc.go, stoplockedm
bool stoplockedm() EXCLUDES(sched.lock);

/// zh: 当前 M 的 G 绑着它退出了：这个线程也要结束。
/// en: The current M's G exited bound to it: this thread must end too.
void abandon_locked_thread();

/// zh: 一次运行开始，在 m0（调用 run 的线程）上：登记 m0，除 0 号以外的 P 都空闲。
/// en: A run begins, on m0 (the thread that called run): registers m0; all Ps but number 0 are
///     idle.
void machineinit();

/// zh: 在 m0 上调度，直到世界结束。 en: Schedules on m0 until the world ends.
void machinerun();

/// zh: worldend 之后，在 m0 上：等其余线程都离开，收回它们的 M，计数归入 retired。
/// en: After worldend, on m0: waits until the other threads have left, frees their Ms, adds their
///     counts to retired.
void machineend();

/// zh: 主 goroutine 结束了：让每个 M 离场。 en: The main goroutine is done: make every M leave.
void worldend() EXCLUDES(sched.lock);

/// zh: 已有的线程数。 en: How many threads there are.
std::int64_t mcount() REQUIRES(sched.lock);

/// zh: 线程多于 sched.maxmcount 则是致命错误：thread exhaustion。
/// en: With more threads than sched.maxmcount it is fatal: thread exhaustion.
/// Go: proc.go, checkmcount
void checkmcount() REQUIRES(sched.lock);

}  // namespace newproc::rt
