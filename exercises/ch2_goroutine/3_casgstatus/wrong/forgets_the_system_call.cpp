// zh: 系统调用回来时没有 P 的，不能直接跑，得先排队：这条边漏了。
// en: Back from a system call without a P it can't run and must queue first: that edge is missing.
// earns: this edge is legal, and your casgstatus does not let it through: Gsyscall to Grunnable
#include "ch2_goroutine/goroutine.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {
namespace {

constexpr unsigned bit(gstatus s) { return 1u << s; }

unsigned from_here(gstatus s) {
  switch (s) {
    case Gidle:
      return bit(Gdead);
    case Gdead:
      return bit(Grunnable);
    case Grunnable:
      return bit(Grunning);
    case Grunning:
      return bit(Grunnable) | bit(Gwaiting) | bit(Gsyscall) | bit(Gdead);
    case Gsyscall:
      return bit(Grunning);
    case Gwaiting:
      return bit(Grunnable);
  }
  return 0;
}

}  // namespace

void casgstatus(G* g, gstatus from, gstatus next) {
  const gstatus now = g->status();
  if ((from_here(from) & bit(next)) == 0) fatal("casgstatus: bad status transition");
  if (from == Gwaiting && now == Grunnable) fatal("casgstatus: double ready");
  if (now != from) fatal("casgstatus: the goroutine is not in the expected status");
  g->atomicstatus.store(next, order::release);
}

}  // namespace newproc::rt
