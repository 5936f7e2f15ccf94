// zh: 另记一笔“正在出生的”，却从不销账：M 登记之后就数了两次。
// en: Keeps an account of those being born and never closes it: once registered, an M counts twice.
// earns: all Ms lay down, and the alarm stayed silent
#include <memory>
#include <string>

#include "ch4_machine/inside.hpp"
#include "ch4_machine/machine.hpp"
#include "observe/fatal.hpp"
#include "os/die.hpp"

namespace newproc::rt {
namespace {
std::int64_t being_born = 0;
}

// zh: 新建一个 M，让它从 fn 开始，握有 p。 en: Makes an M that begins with fn and has p.
void newm(void (*fn)(), P* p, std::int64_t id) {
  M* m = allocm(p, fn, id);
  m->nextp = p;
  if (getg()->m->lockedExt != 0) return newm_handoff(m);
  newm1(m);  // zh: 启动线程 en: starts the thread
}

M* allocm(P*, void (*fn)(), std::int64_t id) {
  M* m = std::make_unique<M>().release();
  m->mstartfn = fn;
  mcommoninit(m, id);
  return m;
}

// zh: 登记。编号小于零：还没有预留，现在就取。
// en: Registers it. A number below zero: none was reserved, take one now.
void mcommoninit(M* m, std::int64_t id) {
  const sched_lock_guard hold(sched.lock);
  m->id = id >= 0 ? id : mReserveID();
  m->rand.seed(m->id);
  m->alllink = sched.allm;
  sched.allm = m;
}

// zh: 预留一个编号；调用者握着 sched.lock。 en: Reserves a number; the caller holds sched.lock.
std::int64_t mReserveID() {
  const std::int64_t id = sched.mnext++;
  ++being_born;
  checkmcount();
  return id;
}

std::int64_t mcount() {
  std::int64_t registered = 0;
  for (const M* m = sched.allm; m != nullptr; m = m->alllink) ++registered;
  return registered + being_born - sched.nmfreed;
}

// zh: 线程太多，就此打住。 en: Too many threads: stop here.
void checkmcount() {
  if (mcount() <= sched.maxmcount) return;
  os::write_error("runtime: program exceeds " + std::to_string(sched.maxmcount) +
                  "-thread limit\n");
  fatal("thread exhaustion");
}

}  // namespace newproc::rt
