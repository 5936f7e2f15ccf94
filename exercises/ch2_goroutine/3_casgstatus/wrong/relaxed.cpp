// zh: 用 relaxed 写：看见新状态的人，未必看见之前写的字段。
// en: Stores it relaxed: who sees the new status need not see the fields that were written before.
// earns: data race
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
      return bit(Grunning) | bit(Grunnable);
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
  g->atomicstatus.store(next, order::relaxed);
}

}  // namespace newproc::rt
