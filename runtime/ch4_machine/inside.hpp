// zh: 第 4 章的里间：只给本章的源文件和测试。
// en: Chapter 4's inside: for the chapter's own sources, and for tests.
#pragma once

#include "model/gmp.hpp"

namespace newproc::rt {

/// zh: 清除，然后睡和叫醒，次序任意；清除时不许有人正在用它。
/// en: Clear, then sleep and wake in either order; while it is cleared no thread may be using it.
/// Go: lock_futex.go, noteclear
void noteclear(note& n);

/// zh: 叫醒（release）；两次之间必须有一次 noteclear，否则是致命错误。
/// en: Wakes (release); between two there must be a noteclear, else it is fatal.
/// Go: lock_futex.go, notewakeup
void notewakeup(note& n);

/// zh: 睡到被叫醒（acquire），已经叫过则立即返回；至多一个人睡。
/// en: Sleeps until woken (acquire), returns at once if that has happened; one sleeper at most.
/// Go: lock_futex.go, notesleep
void notesleep(note& n);

/// zh: 睡到单调时钟的 @p deadline；被叫醒返回真。
/// en: Sleeps until @p deadline (ns, monotonic); true if woken.
bool notetsleep(note& n, std::int64_t deadline);

/// zh: 取一个睡着的 M，没有则 nullptr；取到的人必须叫醒它，别人不会。
/// en: Takes an M that sleeps, nullptr if there is none; the caller must wake it, no other M
///     will.
/// Go: proc.go, mget
M* mget() REQUIRES(sched.lock);

/// zh: @p m 马上要睡：放锁之后，谁都可以取走并叫醒它。它可能是最后一个，所以接着查死锁。
/// en: @p m is about to sleep: once the lock is released anybody may take and wake it. It may be
///     the last one, so checkdead follows.
/// Go: proc.go, mput
void mput(M* m) REQUIRES(sched.lock);

/// zh: 建一个 M（@p id 小于零：现取），让它带着 @p p 从 @p fn 开始。当前线程被用户绑定时，交给模板
///     线程去建。
/// en: Makes an M (@p id below zero: reserve one now) which starts in @p fn with @p p. If a user
///     has bound the current thread, the template thread makes it.
/// Go: proc.go, newm
void newm(void (*fn)(), P* p, std::int64_t id) EXCLUDES(sched.lock);

/// zh: 造一个已登记的 M，还没有线程，将从 @p fn 开始；归 allm 所有，它的线程结束时或 machineend 时
///     释放。
/// en: Makes a registered M without a thread yet, to start in @p fn; allm owns it, and it is freed
///     when its thread has ended or by machineend.
/// Go: proc.go, allocm
M* allocm(P* p, void (*fn)(), std::int64_t id) EXCLUDES(sched.lock);

/// zh: 绑着当前 M @p m 的 G 退出了：交出 P，离开。m0 不能走，它等到世界结束。
/// en: The G that was bound to @p m, the current M, has exited: hands off the P and leaves. m0
///     can't, it waits for the world's end.
/// Go: proc.go, mexit
void mexit(M* m) EXCLUDES(sched.lock);

/// zh: 释放 freem 上线程已经结束的 M；还没有结束的留到下次。
/// en: Frees those Ms on freem whose threads have ended; the others stay for the next time.
/// Go: proc.go, allocm, "Release the free M list"
void reapm() EXCLUDES(sched.lock);

/// zh: 登记 @p m：编号（@p id 小于零：现取），播种，进 allm。
/// en: Registers @p m: its number (@p id below zero: reserve one now), its seed, its place in allm.
/// Go: proc.go, mcommoninit
void mcommoninit(M* m, std::int64_t id) EXCLUDES(sched.lock);

/// zh: 取一个 M 的编号；从此它算一个线程，哪怕还没有造。超过上限是致命错误。
/// en: Takes an M's number; from now on it counts as a thread, though not yet made. Fatal above the
///     limit.
/// Go: proc.go, mReserveID
std::int64_t mReserveID() REQUIRES(sched.lock);

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

/// zh: 建好模板线程；一次运行里只有第一次真的建。须在本线程还干净时调用。
/// en: Makes the template thread; in a run only the first call does. For a thread that is still
///     clean.
/// Go: proc.go, startTemplateThread
void startTemplateThread();

/// zh: 一次运行开始：表空着，还没有模板线程。
/// en: A run begins: an empty list, no template thread yet.
void handoffinit();

/// zh: worldend 立起 ending 之后：叫醒模板线程，让它离开。
/// en: After worldend has raised ending: wakes the template thread so that it leaves.
void handoffend();

}  // namespace newproc::rt
