// zh: note：一次性事件，立在一个 futex 上。
//
// zh: M 睡在自己的 note 上；叫醒它的人先把要说的话（nextp、spinning）写好，再 notewakeup。先叫醒、
//     后睡下也没关系：字已经是 1，notesleep 立刻返回。这正是它比“睡”和“唤醒”两个系统调用好的地方。
//
// zh: 没有采用的设计：条件变量（要一把锁，而这里从来只有一个人睡、一个人叫）；
//     信号量（会记数，重复的叫醒就被悄悄收下；这里它是一个错误，立刻说出来）。
//
// en: note: a one-shot event on a futex.
//
// en: An M sleeps on its own note; the waker first writes what it has to say (nextp, spinning),
//     then calls notewakeup. Woken before asleep is fine too: the word is 1 and notesleep returns
//     at once. That is what the bare pair of system calls, sleep and wake, can't do.
//
// en: Designs not taken: a condition variable (needs a lock, and here there is only ever one
//     sleeper and one waker); a semaphore (counts, and would quietly take a second wake-up; here
//     that is an error and is told at once).
#include "ch4_machine/inside.hpp"
#include "observe/fatal.hpp"
#include "os/clock.hpp"
#include "os/futex.hpp"

namespace newproc::rt {

void noteclear(note& n) { n.key.store(0, order::relaxed); }

// [note]
void notewakeup(note& n) {
  // zh: 与 notesleep 的 acquire 配对：之前写的都交给睡者
  // en: pairs with the acquire in notesleep: what was written before goes to the sleeper
  const auto before = n.key.exchange(1, order::release);
  THROW_UNLESS(before == 0, "notewakeup - double wakeup");
  os::futex_wake(n.key, 1);
}

void notesleep(note& n) {
  // zh: 与 notewakeup 的 release 配对 en: pairs with the release in notewakeup
  while (n.key.load(order::acquire) == 0) os::futex_wait(n.key, 0);
}
// [note]

bool notetsleep(note& n, std::int64_t deadline) {
  for (;;) {
    // zh: 同上，与 notewakeup 配对 en: this too pairs with the release in notewakeup
    if (n.key.load(order::acquire) != 0) return true;
    if (os::nanotime() >= deadline) return false;
    os::futex_wait_until(n.key, 0, deadline);
  }
}

}  // namespace newproc::rt
