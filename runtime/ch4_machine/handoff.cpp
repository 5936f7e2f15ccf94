// zh: newmHandoff 与模板线程。文档说新 M 被放进一个列表，却没说谁来取（勘误 B.27）：取的人在这里。
//
// zh: 一个被用户绑走的线程不该当父亲：它也许换过命名空间、改过亲和，儿女会一并继承。所以趁线程还干
//     净（第一次 lock_os_thread 之前）先建好模板线程；它从不拿 P，只做一件事：替别人建线程。
//
// zh: waiting 和 wake 都只在锁下动，所以一次睡眠恰有一次叫醒；note 不许叫两次。
//
// en: newmHandoff and the template thread. The document says that a new M goes on a list but not
//     who takes it off (erratum B.27): the thread that does is here.
//
// en: A thread that a user has bound must not be a parent: it may have changed its namespaces or
//     its affinity, and its children would inherit them. So while threads are still clean (before
//     the first lock_os_thread) the template thread is made; it never takes a P and does one thing:
//     make threads for others.
//
// en: waiting and wake are touched under the lock only, so there is exactly one wake-up per sleep;
//     a note must not be woken twice.
#include "ch1_entry/entry.hpp"
#include "ch4_machine/inside.hpp"
#include "ch5_spinning/spinning.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {
namespace {

/// zh: 等人启动的 M，和取它们的模板线程的状态。
/// en: Ms that wait to be started, and the state of the template thread which takes them.
/// Go: proc.go, newmHandoff
struct newm_handoff_list {
  os::mutex lock;
  M* newm GUARDED_BY(lock) = nullptr;
  bool waiting GUARDED_BY(lock) = false;
  note wake;
  os::atomic<std::uint32_t> haveTemplateThread{0};
};
newm_handoff_list newmHandoff;

// [template]
/// zh: 模板线程的一生：启动别人交来的 M，没有就睡；世界结束时返回。它是系统的 M，不拿 P。
/// en: The template thread's life: starts the Ms that others hand in, sleeps if there are none;
///     returns when the world ends. It is one of the system's Ms and takes no P.
/// Go: proc.go, templateThread
void templateThread() {
  {
    const sched_lock_guard hold(sched.lock);
    ++sched.nmsys;
    checkdead();
  }
  newmHandoff.lock.lock();
  for (;;) {
    while (newmHandoff.newm != nullptr) {
      M* m = newmHandoff.newm;
      newmHandoff.newm = nullptr;
      newmHandoff.lock.unlock();
      while (m != nullptr) {
        M* next = m->schedlink;  // zh: 启动之后它就是别人的了 en: once started it is no longer ours
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
// [template]

/// zh: 它睡着就叫醒，每次睡眠只叫一次。 en: Wakes it if it sleeps, once per sleep.
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

void startTemplateThread() {
  // zh: 抢到之后、建好之前不许失去 P（Go issue 38931）
  // en: between winning and making we must keep the P (Go issue 38931)
  M* self = acquirem();
  // zh: 同 Go；没有对手：只决定由谁来建，列表归 newmHandoff.lock
  // en: as in Go; no partner: it only decides who makes the thread, newmHandoff.lock has the list
  std::uint32_t none = 0;
  if (newmHandoff.haveTemplateThread.compare_exchange_strong(none, 1, order::seq_cst,
                                                             order::relaxed))
    systemstack([] { newm(templateThread, nullptr, -1); });
  releasem(self);
}

void handoffinit() {
  const os::lock_guard hold(newmHandoff.lock);
  newmHandoff.newm = nullptr;
  newmHandoff.waiting = false;
  noteclear(newmHandoff.wake);
  newmHandoff.haveTemplateThread.store(0, order::relaxed);
}

void handoffend() {
  const os::lock_guard hold(newmHandoff.lock);
  wake_template();
}

}  // namespace newproc::rt
