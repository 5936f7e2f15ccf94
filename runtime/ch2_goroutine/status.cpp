// zh: 状态机。每条边只有几种人可以走；走错了，立刻停下。
//
// zh: Go 在这里用 CAS 循环，因为它的 GC 会在状态上打一个“正在扫描”的记号，别人须等它拿走。
//     我们没有 GC：下面每一条边都只有握着这个 G 的那一方会走，所以一次普通的写就够，
//     省下 5 ns（一次 CAS 和一次换栈一样贵，而每个 goroutine 要走三条边）。检查一样不少。
//
// en: The state machine. Few may walk each edge; a wrong step stops the program at once.
//
// en: Go has a CAS loop here because its GC marks the status as "being scanned" and others must
//     wait until it takes the mark away. We have no GC: every edge below is walked only by the side
//     that holds the G, so a plain store does, and saves 5 ns (a CAS costs as much as a stack
//     switch, and each goroutine walks three edges). No check is given up.
#include "ch2_goroutine/goroutine.hpp"

#include "observe/fatal.hpp"

namespace newproc::rt {
namespace {

// zh: 合法的边（无 GC）；每个状态一个位集。waiting 不得直接到 running：总要经过 runnable。
// en: The legal edges (without GC); a bit set per status. Never straight from waiting to running:
//     always by way of runnable.
// [edges]
/// zh: 状态 @p s 在位集里的位。 en: The bit of status @p s in a set.
constexpr std::uint32_t to(gstatus s) { return 1u << s; }
constexpr std::uint32_t legal[] = {
    /* Gidle */ to(Gdead),
    /* Grunnable */ to(Grunning),
    /* Grunning */ to(Grunnable) | to(Gsyscall) | to(Gwaiting) | to(Gdead),
    /* Gsyscall */ to(Grunning) | to(Grunnable),
    /* Gwaiting */ to(Grunnable),
    /* 5 */ 0,
    /* Gdead */ to(Grunnable),
};
// [edges]

}  // namespace

// [casgstatus]
void casgstatus(G* g, [[maybe_unused]] gstatus from, gstatus next) {
  [[maybe_unused]] const gstatus now = g->status();
  INVARIANT((legal[from] & to(next)) != 0, "casgstatus: bad status transition");
  INVARIANT(!(from == Gwaiting && now == Grunnable), "casgstatus: double ready");
  INVARIANT(now == from, "casgstatus: the goroutine is not in the expected status");
  // zh: 还没有对手：运行时自己都用 relaxed 读，G 经队列和锁交到别人手里。这是留给旁观者的承诺：用 acquire
  //     读到新状态的，也看得见之前写的一切。
  // en: No partner yet: the runtime's own reads are relaxed, and a G is handed on through queues
  //     and locks. It is a promise to an observer: if it reads the new status with acquire it sees
  //     all that was written before.
  g->atomicstatus.store(next, order::release);
}
// [casgstatus]

void linkg(M* m, G* g) {
  casgstatus(g, Grunnable, Grunning);
  m->curg = g;
  g->m = m;
  m->runs.add();
}

void dropg() {
  M* m = getg()->m;
  G* g = m->curg;
  g->m = nullptr;
  m->curg = nullptr;
}

}  // namespace newproc::rt
