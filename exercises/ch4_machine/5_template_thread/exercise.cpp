// zh: 习题 4.5：模板线程。 en: Exercise 4.5: the template thread.
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
  // TODO zh: 启动交来的每一个 M；没有就睡；世界要结束就返回。
  //      en: Start every M that is handed over; sleep while there is none; return when the world
  //      ends.
  notesleep(newmHandoff.wake);
}

}  // namespace

void newm_handoff([[maybe_unused]] M* m) {
  THROW_UNLESS(newmHandoff.haveTemplateThread.load(order::relaxed) != 0,
               "on a locked thread with no template thread");
  // TODO zh: 放上表，让模板线程去看。 en: Put it on the list and have the template thread look.
}

void handoffend() {
  // TODO zh: 让模板线程知道世界要结束了。 en: Let the template thread know that the world ends.
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
