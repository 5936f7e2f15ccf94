// zh: 习题 4.5 的一份正确答案。 en: A right answer to exercise 4.5.
#include "ch1_entry/entry.hpp"
#include "ch4_machine/inside.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {
namespace {

struct newm_handoff_list {
  os::mutex lock;
  M* newm GUARDED_BY(lock) = nullptr;
  bool waiting GUARDED_BY(lock) = false;
  note wake;
  os::atomic<std::uint32_t> haveTemplateThread{0};
};
newm_handoff_list newmHandoff;

void templateThread() {
  {
    const sched_lock_guard hold(sched.lock);
    ++sched.nmsys;  // zh: 系统的线程，不跑 goroutine en: the system's: it runs no goroutines
    checkdead();
  }
  newmHandoff.lock.lock();
  for (;;) {
    while (newmHandoff.newm != nullptr) {
      M* m = newmHandoff.newm;
      newmHandoff.newm = nullptr;
      newmHandoff.lock.unlock();
      while (m != nullptr) {
        M* next = m->schedlink;
        m->schedlink = nullptr;
        newm1(m);
        m = next;
      }
      newmHandoff.lock.lock();
    }
    if (sched.ending.load(order::relaxed)) break;
    newmHandoff.waiting = true;
    noteclear(newmHandoff.wake);
    newmHandoff.lock.unlock();
    notesleep(newmHandoff.wake);
    newmHandoff.lock.lock();
  }
  newmHandoff.lock.unlock();
}

void wake_template() REQUIRES(newmHandoff.lock) {
  if (!newmHandoff.waiting) return;
  newmHandoff.waiting = false;
  notewakeup(newmHandoff.wake);
}

}  // namespace

void newm_handoff(M* m) {
  const os::lock_guard hold(newmHandoff.lock);
  THROW_UNLESS(newmHandoff.haveTemplateThread.load(order::relaxed) != 0,
               "on a locked thread with no template thread");
  m->schedlink = newmHandoff.newm;
  newmHandoff.newm = m;
  wake_template();
}

void handoffend() {
  const os::lock_guard hold(newmHandoff.lock);
  wake_template();
}

// zh: 趁线程还干净，建模板线程。 en: While threads are clean: makes the template thread.
void startTemplateThread() {
  M* self = acquirem();
  std::uint32_t none = 0;
  if (newmHandoff.haveTemplateThread.compare_exchange_strong(none, 1, order::seq_cst,
                                                             order::relaxed))
    systemstack([] { newm(templateThread, nullptr, -1); });
  releasem(self);
}

// zh: 一次运行开始。 en: A run begins.
void handoffinit() {
  const os::lock_guard hold(newmHandoff.lock);
  newmHandoff.newm = nullptr;
  newmHandoff.waiting = false;
  noteclear(newmHandoff.wake);
  newmHandoff.haveTemplateThread.store(0, order::relaxed);
}

}  // namespace newproc::rt
