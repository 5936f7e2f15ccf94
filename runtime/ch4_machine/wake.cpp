// zh: 叫醒一个 M，让它去找活。文档「唤醒 M，执行任务」的流程图：wakep、startm，和睡下的一方 stopm。
//
// zh: 叫醒一个线程要进内核，够换上千次栈（./learn bench 会量）；所以问题不是怎样叫得快，而是怎样不白叫。
//     答案是“一次只叫一个”：nmspinning 从 0 到 1 的那次 CAS 是领令牌；领到的人叫醒一个 M，
//     那个 M 找到活之后再叫下一个。要是本来就有人在找，就不必叫。
//
// zh: 文档略去的两处：加锁与解锁（B.22）；三条断言（B.23）。还有两处是后来才知道的。在锁下预留 M 的编
//     号，不然锁放开之后、M 建好之前，checkdead 会以为没有人在跑（Go issue 40368）。拿不到 P 时，放锁之
//     前就把计数减回去：Go 1.13 先放锁再减，夹在中间的人以为还有人在找，就没有叫人；检查器的变异体
//     token_after_unlock 讲的就是它。
//
// zh: 没有采用的设计：每次就绪都叫一个（第 4 章的检查点就是它，看那一列“白叫的”）；
//     直接把 G 交给被叫醒的 M（缓存凉了，线程来回颠簸）；固定数目的线程从不睡（第 3 章的检查点）。
//
// en: Waking an M and sending it to look for work: the flow chart of the document's "waking an M":
//     wakep, startm, and on the sleeping side stopm.
//
// en: Waking a thread goes through the kernel, at the price of a thousand stack switches or more
//     (./learn bench measures it); so the question is not how to wake fast but how not to wake in
//     vain. The answer is "one at a time": the CAS of nmspinning from 0 to 1 takes a token; the M
//     that has it wakes another, and that one wakes the next once it has found work. While an M is
//     searching, no further M need be woken.
//
// en: Two things the document leaves out: locking and unlocking (B.22); three assertions (B.23).
//     And two were learned later. The M's id is reserved under the lock; otherwise, between the
//     unlock and the M's making, checkdead would think that no M runs (Go issue 40368). And where
//     there is no P the count is lowered before the unlock: Go 1.13 lowers it after, and a
//     submitter that comes in between believes that an M searches and wakes none; the checker's
//     mutant token_after_unlock tells that story.
//
// en: Designs not taken: wake one for every G that becomes ready (chapter 4's checkpoint does; look
//     at its column of useless wakes); hand the G straight to the woken M (its cache is cold,
//     threads thrash); a fixed crew that never sleeps (chapter 3's checkpoint).
#include "ch2_goroutine/goroutine.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "ch4_machine/inside.hpp"
#include "ch4_machine/machine.hpp"
#include "ch7_time/time.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

// [wakep]
void wakep() {
  if (sched.nmspinning.take_token()) startm(nullptr, true);
}
// [wakep]

// [startm]
void startm(P* p, bool spinning) {
  // zh: 手里将有一个没有主人的 P en: there will be a P in our hands that nobody owns
  M* self = acquirem();
  sched.lock.lock();
  if (p == nullptr) p = spinning ? pidlegetSpinning() : pidleget();
  if (p == nullptr) {
    // zh: 还在锁下就把令牌还回去：之后放下 P 的人，和看见那个 P 空闲的人，都不会再数到它。
    // en: Give the token back while the lock is held: an M that lets go of a P later, and a
    //     submitter that sees that P idle, will not count it any more.
    if (spinning) sched.nmspinning.end();
    sched.lock.unlock();
    releasem(self);
    return;
  }
  M* m = mget();
  const std::int64_t id = m == nullptr ? mReserveID() : -1;
  sched.lock.unlock();

  self->wakes.add();
  if (m == nullptr) {
    newm(spinning ? mspinning : nullptr, p, id);
  } else {
    INVARIANT(!m->spinning, "startm: m is spinning");
    INVARIANT(m->nextp == nullptr, "startm: m has p");
    INVARIANT(!spinning || runqempty(p), "startm: p has runnable gs");
    m->spinning = spinning;  // zh: 计数已由调用者加过 en: the caller has counted it
    m->nextp = p;
    notewakeup(m->park);
  }
  releasem(self);
}
// [startm]

void mspinning() { getg()->m->spinning = true; }

// [stopm]
void stopm() {
  M* m = getg()->m;
  THROW_UNLESS(m->locks == 0, "stopm holding locks");
  THROW_UNLESS(m->p == nullptr, "stopm holding p");
  THROW_UNLESS(!m->spinning, "stopm spinning");
  m->parks.add();
  if (!m->found_work) m->useless_wakes.add();
  {
    const sched_lock_guard hold(sched.lock);
    if (sched.ending.load(order::relaxed)) return;
    mput(m);
  }
  {
    stack_trimmer trimmer;
    while (trimmer.due() != 0 && !notetsleep(m->park, trimmer.due())) trimmer.trim();
  }
  notesleep(m->park);
  noteclear(m->park);
  m->found_work = false;
  if (P* p = m->nextp) {
    m->nextp = nullptr;
    acquirep(p);
  }
}
// [stopm]

bool work_anywhere() {
  bool work = globrunqsize() != 0;
  for (const P& p : all_ps()) work = work || !runqempty(&p);
  return work;
}

// [handoffp]
void handoffp(P* p) {
  if (!runqempty(p) || globrunqsize() != 0) return startm(p, false);
  // zh: 没有人在找，也没有闲着的 P：总得有一个人去找。
  // en: No M searches and no P is idle: one M must search.
  if (sched.npidle.load(order::relaxed) == 0 && sched.nmspinning.take_token()) {
    sched.needspinning.store(0, order::relaxed);
    return startm(p, true);
  }
  sched.lock.lock();
  const bool last = sched.npidle.load(order::relaxed) == sched.gomaxprocs - 1;
  const bool nobody_polls = sched.lastpoll.load(order::relaxed) != 0;
  if (globrunqsize() != 0 || (last && nobody_polls)) {
    sched.lock.unlock();
    return startm(p, false);
  }
  pidleput(p);
  sched.lock.unlock();
  // [again]
  // zh: 上面几个数都是各读各的：读过之后，那个自旋的也许找到了活，那个闲着的 P 也许被取走，想叫人的
  //     也就叫不到谁。谁把 P 放进空闲表，谁就得再看一眼：与第 5 章准备睡下的 M 同一道屏障。没有人守
  //     着钟的睡眠者也是活。
  // en: The numbers above were each read by itself: since then the one that spun may have found
  //     work, the idle P may have been taken, and a submitter that wanted to wake an M found none.
  //     If you put a P on the idle list you must look once more: the same barrier as that of an M
  //     about to sleep, in chapter 5. A sleeper whose clock no M watches is work too.
  // zh: 与 workadded 的屏障配对。 en: Pairs with the fence in workadded.
  os::fence(order::seq_cst);
  const bool unwatched = next_timer() != 0 && sched.lastpoll.load(order::relaxed) != 0;
  if (unwatched || work_anywhere()) wakep();
  // [again]
}
// [handoffp]

}  // namespace newproc::rt
