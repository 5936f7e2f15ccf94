// zh: 第 4 章的接缝：M 从哪里来，怎样睡，谁叫醒它；P 闲着时放在哪里。
// en: Chapter 4's seam: where Ms come from, how they sleep, who wakes them; where idle Ps are kept.
#pragma once

#include "gmp.hpp"

namespace newproc::rt {

/// zh: 有活了，叫一个 M 来找。已经有人在自旋（或正被叫醒）就什么也不做：它找到活之后会再叫下一个。
/// en: There is work: wake an M to look for it. Does nothing if somebody spins (or is being woken):
///     once that one has found work it wakes the next.
/// Go: proc.go, wakep
void wakep() EXCLUDES(sched.lock);

/// zh: 让一个 M 来跑 @p p（nullptr：随便一个空闲的）：睡着的 M，否则新建。没有空闲 P 就作罢。
/// en: Gets an M to run @p p (nullptr: any idle one): one that sleeps, else a new one. Without an
///     idle P it does nothing.
/// @pre zh: spinning 为真时，调用者已经给 nmspinning 加了一。
///      en: if spinning, the caller has already added one to nmspinning.
/// Go: proc.go, startm
void startm(P* p, bool spinning) EXCLUDES(sched.lock);

/// zh: 当前 M 睡下，直到有人交给它一个 P；世界结束时没有 P 也会醒来。
/// en: The current M sleeps until somebody hands it a P; at the world's end it wakes without one.
/// @pre zh: 没有 P，没有自旋，没有关抢占。 en: no P, not spinning, preemption not off.
/// Go: proc.go, stopm
void stopm() EXCLUDES(sched.lock);

/// zh: 把不再有 M 的 @p p 交出去：有活就找 M 来，没活就放进空闲表。
/// en: Hands off @p p, which has no M any more: to an M if there is work, else to the idle list.
/// Go: proc.go, handoffp
void handoffp(P* p) EXCLUDES(sched.lock);

/// zh: 当前 M 得到、放下 P。 en: The current M takes, lets go of a P.
/// Go: proc.go, acquirep and releasep
void acquirep(P* p);
P* releasep();

/// zh: 空闲的 P 与 M，后进先出（最近睡下的缓存最热）。不阻塞；文档写的“Block”是“须持有
///     sched.lock”。
/// en: Idle Ps and Ms, last in first out (the last to sleep has the warmest cache). They do not
///     block; the document's "Block" means "sched.lock must be held".
/// Go: proc.go, pidleget, pidleput, mget, mput
P* pidleget() REQUIRES(sched.lock);
void pidleput(P* p) REQUIRES(sched.lock);
M* mget() REQUIRES(sched.lock);
void mput(M* m) REQUIRES(sched.lock);

/// zh: 像 pidleget，但拿不到时记下 needspinning：下一个要放下 P 的 M 会改为自旋。
/// en: Like pidleget, but when there is none it notes needspinning: the next M that is about to let
///     go of its P spins instead.
/// Go: proc.go, pidlegetSpinning
P* pidlegetSpinning() REQUIRES(sched.lock);

/// zh: 绑定了线程的 G。startlockedm：把自己的 P 交给它的 M，自己睡下。
///     stoplockedm：当前 M 放下 P，睡到它的 G 可以跑；世界结束则返回假。
/// en: Gs bound to threads. startlockedm gives our P to its M and sleeps. stoplockedm: the current
///     M lets go of its P and sleeps until its G can run; false at the world's end.
/// Go: proc.go, startlockedm and stoplockedm
void startlockedm(G* g) EXCLUDES(sched.lock);
bool stoplockedm() EXCLUDES(sched.lock);

/// zh: 当前 M 的 G 绑着它退出了：这个线程也要结束。
/// en: The current M's G exited bound to it: this thread must end too.
void abandon_locked_thread();

/// zh: 一次运行：m0 是调用 run 的线程。machinerun 在 m0 上调度，直到世界结束；machineend 等其余线程
///     离开。
/// en: A run: m0 is the thread that called run. machinerun schedules on m0 until the world ends;
///     machineend waits until the other threads have left.
void machineinit();
void machinerun();
void machineend();

/// zh: 主 goroutine 结束了：让每个 M 离场。 en: The main goroutine is done: make every M leave.
void worldend() EXCLUDES(sched.lock);

/// zh: 已有的线程数。 en: How many threads there are.
std::int64_t mcount() REQUIRES(sched.lock);

// --- zh: 以下只在本章内部使用。 en: Below: used within the chapter only.

/// zh: 一次性事件：清除，然后睡或叫醒，次序任意。两次 notewakeup 之间必须有一次 noteclear。
/// en: A one-shot event: clear, then sleep and wake in either order. Between two notewakeups there
///     must be a noteclear.
/// Go: lock_futex.go
void noteclear(note& n);
void notewakeup(note& n);
void notesleep(note& n);
/// zh: 睡到单调时钟的 @p deadline；被叫醒返回真。
/// en: Sleeps until @p deadline (ns, monotonic); true if woken.
bool notetsleep(note& n, std::int64_t deadline);

/// zh: 建一个 M（@p id 小于零：现取），让它带着 @p p 从 @p fn 开始。当前线程被用户绑定时，交给模板
///     线程去建。
/// en: Makes an M (@p id below zero: reserve one now) which starts in @p fn with @p p. If a user
///     has bound the current thread, the template thread makes it.
/// Go: proc.go, newm
void newm(void (*fn)(), P* p, std::int64_t id) EXCLUDES(sched.lock);
M* allocm(P* p, void (*fn)(), std::int64_t id) EXCLUDES(sched.lock);
void mcommoninit(M* m, std::int64_t id) EXCLUDES(sched.lock);
std::int64_t mReserveID() REQUIRES(sched.lock);
void checkmcount() REQUIRES(sched.lock);

/// zh: 真正启动线程。 en: Really starts the thread.
/// Go: proc.go, newm1
void newm1(M* m);

/// zh: 新线程的第一个函数。 en: A new thread's first function.
/// Go: proc.go, mstart
void mstart(void* m);

/// zh: 新 M 一开始就自旋。 en: The new M starts out spinning.
/// Go: proc.go, mspinning
void mspinning();

/// zh: 新 M 排队等模板线程来启动。 en: A new M queues for the template thread to start it.
/// Go: proc.go, newmHandoff
void newm_handoff(M* m);
void startTemplateThread();
void handoffinit();
void handoffend();

}  // namespace newproc::rt
