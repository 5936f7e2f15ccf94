// zh: 第 3 章的替身：一个 deque，一把锁，先进先出。每个 go、每次取 G 都要拿这把锁。
// en: The stand-in for chapter 3: one deque, one lock, first in first out. Every go and every
//     taking of a G needs that lock.
#include <deque>

#include "ch2_goroutine/goroutine.hpp"
#include "ch3_runqueue/runqueue.hpp"

namespace newproc::rt {
namespace {

immortal<std::deque<G*>> queue GUARDED_BY(sched.lock);

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

void injectglist(P*, G* list) {
  const sched_lock_guard hold(sched.lock);
  while (G* g = list) {
    list = g->schedlink;
    g->schedlink = nullptr;
    casgstatus(g, Gwaiting, Grunnable);
    globrunqput(g);
  }
}

void gosched_m(G* g) {
  casgstatus(g, Grunning, Grunnable);
  dropg();
  const sched_lock_guard hold(sched.lock);
  globrunqput(g);
}

void runqueueinit() {
  const sched_lock_guard hold(sched.lock);
  queue->clear();
}

}  // namespace newproc::rt
