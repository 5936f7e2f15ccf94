// zh: 让出者的去处：全局队列的末尾。放到本地环尾会更快，可是别的 P 就看不见它；放进 runnext 则等于没让。
// en: Where a G that yields goes: to the end of the global queue. The local ring's tail would be faster,
//     but other Ps would not see it; runnext would be no yield at all.
#include "ch2_goroutine/goroutine.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "ch5_spinning/spinning.hpp"

namespace newproc::rt {

// [gosched]
void gosched_m(G* g) {
  casgstatus(g, Grunning, Grunnable);
  dropg();
  P* p = getg()->m->p;
  p->owner.held();
  {
    const sched_lock_guard hold(sched.lock);
    globrunqput(g);
  }
  workadded(p);
}
// [gosched]

}  // namespace newproc::rt
