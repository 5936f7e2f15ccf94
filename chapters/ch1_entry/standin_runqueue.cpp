// zh: 第 3 章的替身：一个 deque，一把锁，先进先出。每个 go、每次取 G 都要拿这把锁。
// en: The stand-in for chapter 3: one deque, one lock, first in first out. Every go and every
//     taking of a G needs that lock.
#include <deque>

#include "ch1_entry/entry.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "ch5_spinning/spinning.hpp"
#include "newproc/go.hpp"

namespace newproc {
namespace rt {
namespace {

immortal<std::deque<G*>> queue GUARDED_BY(sched.lock);

void gosched_m(G* g) {
  casgstatus(g, Grunning, Grunnable);
  dropg();
  const sched_lock_guard hold(sched.lock);
  globrunqput(g);
}

}  // namespace

void runqput(P*, G* g, bool) {
  const sched_lock_guard hold(sched.lock);
  queue->push_back(g);
}

next_g runqget(P* p) {
  const sched_lock_guard hold(sched.lock);
  return {globrunqget(p, 1), false};
}

void globrunqput(G* g) { queue->push_back(g); }

G* globrunqget(P*, std::int32_t) {
  if (queue->empty()) return nullptr;
  G* g = queue->front();
  queue->pop_front();
  return g;
}

void runqueueinit() {
  const sched_lock_guard hold(sched.lock);
  queue->clear();
}

}  // namespace rt

void yield() {
  rt::getg_user("yield");
  rt::mcall(rt::gosched_m);
}

}  // namespace newproc
