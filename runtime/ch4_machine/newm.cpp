// zh: 建一个 M：分配、登记、启动线程，以及线程的第一步。怎样结束，见 mexit.cpp。
// en: Making an M: allocate, register, start the thread, and the thread's first step. How it ends is
//     in mexit.cpp.
#include <cerrno>
#include <memory>
#include <string>

#include "ch1_entry/entry.hpp"
#include "ch4_machine/inside.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"
#include "observe/fatal.hpp"
#include "os/die.hpp"
#include "os/futex.hpp"
#include "os/pages.hpp"

namespace newproc::rt {

// [newm]
void newm(void (*fn)(), P* p, std::int64_t id) {
  M* m = allocm(p, fn, id);
  m->nextp = p;
  // zh: 新线程继承父线程的内核状态（命名空间、亲和、信号掩码）；被用户绑走的线程也许改过它们。
  // en: A new thread inherits its parent's kernel state (namespaces, affinity, signal mask); a
  //     thread that a user has bound may have changed them.
  if (getg()->m->lockedExt != 0) return newm_handoff(m);
  newm1(m);
}

M* allocm(P*, void (*fn)(), std::int64_t id) {
  // zh: g0 用线程自己的栈，如同 Go 在 cgo 下的 malg(-1)；它在 enter_thread 里认领。
  // en: g0 uses the thread's own stack, as Go's malg(-1) under cgo; enter_thread adopts it.
  reapm();
  M* m = std::make_unique<M>().release();
  m->mstartfn = fn;
  mcommoninit(m, id);
  return m;
}
// [newm]

void mcommoninit(M* m, std::int64_t id) {
  const sched_lock_guard hold(sched.lock);
  m->id = id >= 0 ? id : mReserveID();
  m->rand.seed(m->id);
  m->alllink = sched.allm;
  sched.allm = m;
}

std::int64_t mReserveID() {
  const std::int64_t id = sched.mnext++;
  checkmcount();
  return id;
}

std::int64_t mcount() { return sched.mnext - sched.nmfreed; }

void checkmcount() {
  if (mcount() <= sched.maxmcount) return;
  os::write_error("runtime: program exceeds " + std::to_string(sched.maxmcount) +
                  "-thread limit\n");
  fatal("thread exhaustion");
}

// [newm1]
void newm1(M* m) {
  m->has_thread = true;
  sched.nmlive.fetch_add(1, order::relaxed);
  const int error = m->thread.start(mstart, m);
  if (error == 0) return;
  const sched_lock_guard hold(sched.lock);
  os::write_error("runtime: failed to create new OS thread (have " + std::to_string(mcount() - 1) +
                  " already; errno=" + std::to_string(error) + ")\n");
  if (error == EAGAIN)
    os::write_error("runtime: may need to increase max user processes (ulimit -u)\n");
  fatal("newosproc");
}
// [newm1]

namespace {

/// zh: 在 g0 上，跑到世界结束，或者（绑着的 G 退出了）跑到这个线程该结束。
/// en: On g0: runs to the world's end, or (a bound G has exited) to this thread's own.
/// Go: proc.go, mstart1
void mstart1(M* m) {
  if (m->mstartfn != nullptr) m->mstartfn();
  if (P* p = m->nextp) {
    m->nextp = nullptr;
    acquirep(p);
  }
  schedule();
  if (m->exiting) mexit(m);
}

}  // namespace

void mstart(void* arg) {
  M* m = static_cast<M*>(arg);
  const os::signal_stack own;
  enter_thread(m);
  mstart1(m);
  leave_thread();
  // zh: 与 machineend 的 acquire 配对 en: pairs with the acquire in machineend
  if (sched.nmlive.fetch_sub(1, order::acq_rel) == 1) os::futex_wake(sched.nmlive, 1);
}

void machineinit() {
  M* m = &sched.m0;
  mcommoninit(m, -1);
  m->found_work = true;
  handoffinit();
  const sched_lock_guard hold(sched.lock);
  for (int i = sched.gomaxprocs - 1; i > 0; --i) pidleput(&sched.allp[static_cast<std::size_t>(i)]);
}

void machinerun() { mstart1(&sched.m0); }

}  // namespace newproc::rt
