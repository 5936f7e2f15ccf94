// zh: 本章 check.cpp 的台子：交活的人和准备睡下的人，没有 run，没有 go。
//
// zh: 交活的人之后永远忙着，跑起来的 G 也是：否则他们很快又去看队列，丢了的唤醒就被补上了。
//
// en: The stage of this chapter's check.cpp: submitters and Ms about to sleep, without run and
//     without go.
//
// en: A submitter is busy for ever afterwards, and so is a G that runs: otherwise they would soon
//     look at the queues again and make up for a lost wake-up.
#pragma once

#include <array>
#include <vector>

#include "ch3_runqueue/runqueue.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"
#include "checked.hpp"

namespace newproc::exercise {

struct jobs {
  std::array<rt::G*, 4> gs{};
  std::array<int, 4> ran{};
};
inline jobs* pool = nullptr;

inline void work(int i) {
  expect(++pool->ran[static_cast<std::size_t>(i)] == 1, "G run twice",
         "同一个 G 跑了两次 / the same G was run twice");
  checker::busy_forever();
}

enum class where { ring, runnext, global };

// zh: 第 @p i 个 G 交给当前 M 的 P，再按规矩叫人。
// en: Submits G number @p i to the current M's P, then wakes an M as the rules say.
inline void submit(int i, where queue) {
  rt::P* p = rt::getg()->m->p;
  p->owner.held();
  rt::G* g = pool->gs[static_cast<std::size_t>(i)];
  if (queue == where::global) {
    const rt::sched_lock_guard hold(rt::sched.lock);
    rt::globrunqput(g);
  } else {
    rt::runqput(p, g, queue == where::runnext);
  }
  rt::workadded(p);
}

/// zh: @p procs 个 P、多一个 M、@p gs 件活；最后每件活都要有人在跑。
/// en: That many Ps, one M more, and jobs; in the end every job must be running.
inline scenario retiring(const char* title, int procs, std::size_t gs) {
  scenario s(title);
  // zh: 不公平的调度也要结束：独自跑的 M 要么找到活，要么睡下。
  // en: Must end under unfair schedules too: an M that runs alone finds work or goes to sleep.
  s.steps(2000).fairness(3000);
  checker::with_rules(s)
      .init([=]() NO_THREAD_SAFETY_ANALYSIS {
        checker::empty_world(procs, procs + 1);
        rt::sched.mnext = procs + 1;
        pool = new jobs;
        for (std::size_t i = 0; i < gs; ++i)
          pool->gs[i] = checker::real_g(work, static_cast<int>(i));
      })
      .at_rest([gs] {
        for (std::size_t i = 0; i < gs; ++i)
          expect(pool->ran[i] == 1, "lost G", "有一个 G 没有人跑 / a G was not run by anybody");
      });
  return s;
}

// zh: 握着 P 找活、找不到就睡的 M。
// en: An M that holds a P, searches, and sleeps if it finds nothing.
inline scenario::function seeker(int i) {
  return [i] {
    checker::stand_on(i, i);
    rt::schedule();
  };
}

inline scenario::function submitter(int m, int p, std::initializer_list<where> queues) {
  return [m, p, list = std::vector<where>(queues)] {
    checker::stand_on(m, p);
    int i = 0;
    for (const where queue : list) submit(i++, queue);
    checker::busy_forever();
  };
}

// zh: 守钟的 M 醒来，拿走一个空闲的 P，也许正是别人刚放下、还没来得及销账的那一个。它没有自旋。
// en: The M that watched the clock wakes and takes an idle P, perhaps one that another has just let
//     go of and not yet accounted for. It does not spin.
inline scenario::function back_from_the_clock(int i) {
  return [i] {
    checker::stand_on(i, -1);
    rt::P* p = nullptr;
    {
      const rt::sched_lock_guard hold(rt::sched.lock);
      p = rt::pidleget();
    }
    if (p == nullptr) return;
    rt::acquirep(p);
    rt::schedule();
  };
}

}  // namespace newproc::exercise
