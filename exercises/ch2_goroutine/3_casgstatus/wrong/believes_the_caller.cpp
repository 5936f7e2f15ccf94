// zh: 只查这条边，不查 g 是不是真的在那里。
// en: Checks the edge, and not whether g is really there.
// earns: a G was readied twice, and your casgstatus did not notice
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
  if ((from_here(from) & bit(next)) == 0) fatal("casgstatus: bad status transition");
  g->atomicstatus.store(next, order::release);
}

}  // namespace newproc::rt
