// zh: 第 5 章的替身：一个线程上的循环。有 G 就跑；没有就等最早的睡眠者；连睡眠者也没有，就是死锁。
// en: The stand-in for chapter 5: a loop on one thread. Run a G if there is one; else wait for the
//     first sleeper; without even a sleeper it is a deadlock.
#include "ch5_spinning/spinning.hpp"

#include "ch1_entry/entry.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "ch7_time/time.hpp"
#include "ch9_netpoll/netpoll.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

void schedule() {
  M* m = getg()->m;
  P* p = m->p;
  p->owner.held();
  while (!sched.ending.load(order::relaxed)) {
    const std::int64_t until = checktimers(p);
    if (G* g = runqget(p).g) {
      linkg(m, g);
      gogo(g);
    } else if (until != 0) {
      injectglist(p, netpoll(until));
    } else {
      fatal("no goroutines (main called runtime.Goexit) - deadlock!");
    }
  }
}

G* successor(const G*) { return nullptr; }

void workadded(P*) {}

}  // namespace newproc::rt
