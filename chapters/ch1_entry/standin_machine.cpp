// zh: 第 4 章的替身：只有一个线程，就是调用 run 的那个；所以只有一个 P，没有人要叫醒。
// en: The stand-in for chapter 4: there is one thread, the one that called run; so there is one P,
//     and no other to wake.
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"

namespace newproc::rt {

void acquirep(P* p) {
  getg()->m->p = p;
  p->m = getg()->m;
}

void machineinit() {
  sched.gomaxprocs = 1;
  const sched_lock_guard hold(sched.lock);
  sched.allm = &sched.m0;
}

void machinerun() { schedule(); }

void machineend() {
  const sched_lock_guard hold(sched.lock);
  sched.retired += statistics_of(sched.m0);
  sched.allm = nullptr;
}

void worldend() { sched.ending.store(true, order::relaxed); }

void wakep() {}
void checkmcount() {}
void abandon_locked_thread() {}

}  // namespace newproc::rt
