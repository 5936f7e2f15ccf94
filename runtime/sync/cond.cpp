// zh: 条件变量：领号，放锁，等叫号，再拿锁。为什么先领号，见 ch6_parking/notify.cpp。
// en: The condition variable: draw a ticket, unlock, wait for it to be called, lock again. Why the ticket comes
//     first is in ch6_parking/notify.cpp.
#include "ch6_parking/parking.hpp"
#include "newproc/sync.hpp"
#include "observe/fatal.hpp"

namespace newproc {

void cond::wait(std::unique_lock<mutex>& lock) {
  rt::goroutine("cond::wait");
  if (!lock.owns_lock()) rt::fatal("sync: unlock of unlocked mutex");
  const std::uint32_t ticket = rt::notifyListAdd(notify_);
  lock.unlock();
  rt::notifyListWait(notify_, ticket);
  lock.lock();
}

void cond::signal() {
  rt::goroutine("cond::signal");
  rt::notifyListNotifyOne(notify_);
}

void cond::broadcast() {
  rt::goroutine("cond::broadcast");
  rt::notifyListNotifyAll(notify_);
}

}  // namespace newproc
