// zh: 习题 2.3 的一份正确答案。 en: A right answer to exercise 2.3.
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
  g->atomicstatus.store(next, order::release);
}

}  // namespace newproc::rt
