// zh: 托儿所的界面，和停下、放行一个 goroutine 的办法。
// en: The nursery's interface, and the means to park and to ready a goroutine.
#pragma once

#include <functional>

#include "ch1_entry/entry.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "ch5_spinning/spinning.hpp"

namespace newproc::rt {

/// zh: 在它里面启动的 goroutine，都在它之前结束。
/// en: Goroutines started in it end before it does.
class nursery {
 public:
  nursery();
  /// zh: 等所有的孩子结束；没有人取走的异常就丢了。
  /// en: Waits for all children; an exception that nobody has fetched is dropped.
  ~nursery();
  nursery(const nursery&) = delete;
  nursery& operator=(const nursery&) = delete;

  /// zh: 启动一个孩子。主人可以调用，还没结束的孩子也可以。
  /// en: Starts a child. To be called by the owner, or by a child that has not ended.
  void go(std::function<void()> child);

  /// zh: 停下，直到所有的孩子都结束；然后抛出其中最先发生的那个异常，若有的话。只由主人调用，可以多
  ///     次。
  /// en: Parks until all children have ended; then throws the first exception that one of them
  ///     threw, if any. Called by the owner only, and any number of times.
  void wait();

 private:
  struct state;
  state* state_;
};

/// zh: 停下当前的 goroutine（Gwaiting）。现场存好之后，在 g0 上跑 @p commit(g, arg)：从它开始跑的那
///     一刻起，别人就可以放行 g。
/// en: Parks the current goroutine (Gwaiting). When its place is saved @p commit(g, arg) runs on g0:
///     from the moment that it begins others may ready g.
/// Go: proc.go, gopark
inline void gopark(void (*commit)(G* g, void* arg), void* arg, const char* reason) {
  struct request {
    void (*commit)(G*, void*);
    void* arg;
  } r{commit, arg};
  G* me = getg();
  me->waitreason = reason;
  me->sched.ctxt = &r;  // zh: 第一次跑过之后，它空着 en: not in use after the first run
  mcall([](G* g) {
    const request mine = *static_cast<request*>(g->sched.ctxt);
    casgstatus(g, Grunning, Gwaiting);
    dropg();
    mine.commit(g, mine.arg);
  });
}

/// zh: 放行一个停着的 goroutine；goroutine 上和 g0 上都可以调用。每次停下只许放行一次。
/// en: Readies a parked goroutine; may be called on a goroutine and on g0. Once for each time it
///     parks.
/// Go: proc.go, goready
inline void goready(G* g) {
  M* m = acquirem();
  P* p = m->p;
  p->owner.held();
  casgstatus(g, Gwaiting, Grunnable);
  runqput(p, g, true);
  workadded(p);
  releasem(m);
}

}  // namespace newproc::rt
