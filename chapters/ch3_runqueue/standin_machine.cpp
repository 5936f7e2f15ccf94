// zh: 第 4 章的替身：一队固定的线程，每个 P 一个，一开始就全部启动，从不睡觉，所以也不必叫醒。
// en: The stand-in for chapter 4: a fixed crew of threads, one per P, all started at once; they
//     never sleep, so they need not be woken.
#include "ch4_machine/machine.hpp"

#include <memory>
#include <vector>

#include "ch1_entry/entry.hpp"
#include "ch5_spinning/spinning.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {
namespace {

immortal<std::vector<std::unique_ptr<M>>> crew;

void crew_member(void* arg) {
  M* m = static_cast<M*>(arg);
  enter_thread(m);
  acquirep(m->nextp);
  schedule();
  leave_thread();
}

void enlist(M* m, std::int64_t id) {
  m->id = id;
  m->rand.seed(id);
  const sched_lock_guard hold(sched.lock);
  m->alllink = sched.allm;
  sched.allm = m;
}

}  // namespace

void acquirep(P* p) {
  getg()->m->p = p;
  p->m = getg()->m;
}

void machineinit() {
  enlist(&sched.m0, 0);
  for (int i = 1; i < sched.gomaxprocs; ++i) {
    M* m = crew->emplace_back(std::make_unique<M>()).get();
    m->nextp = &sched.allp[static_cast<std::size_t>(i)];
    enlist(m, i);
    THROW_UNLESS(m->thread.start(crew_member, m) == 0, "newosproc");
  }
}

void machinerun() { schedule(); }

void machineend() {
  for (const auto& m : *crew) m->thread.join();
  const sched_lock_guard hold(sched.lock);
  for (const M* m = sched.allm; m != nullptr; m = m->alllink) sched.retired += statistics_of(*m);
  sched.allm = nullptr;
  crew->clear();
}

void worldend() { sched.ending.store(true, order::relaxed); }

void wakep() {}
void checkmcount() {}
void abandon_locked_thread() {}

}  // namespace newproc::rt
