// zh: 强迫当前 goroutine 换一个线程：在 g0 上把它公布出去，然后占住这个 M，直到别的 M 把它接走。
//     不靠运气，也不靠睡眠；至少要两个 P。
// en: Forces the current goroutine onto another thread: on g0 publish it, then hold on to this M
//     until another M has taken it. No luck and no sleep involved; it needs two Ps or more.
#pragma once

#include "ch1_entry/entry.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "ch5_spinning/spinning.hpp"

namespace newproc::test {

inline std::atomic<std::uint64_t> departures{0}, arrivals{0};

inline void publish_and_wait(rt::G* g) {
  const std::uint64_t mine = departures.fetch_add(1) + 1;
  rt::casgstatus(g, rt::Grunning, rt::Grunnable);
  rt::dropg();
  rt::P* p = rt::getg()->m->p;
  p->owner.held();
  {
    const rt::sched_lock_guard hold(rt::sched.lock);
    rt::globrunqput(g);
  }
  rt::workadded(p);
  while (arrivals.load() < mine) os::thread_yield();
}

/// zh: 同时只能有一个 goroutine 调用。 en: To be called by one goroutine at a time.
inline void go_elsewhere() {
  rt::mcall(publish_and_wait);
  arrivals.fetch_add(1);
}

}  // namespace newproc::test
