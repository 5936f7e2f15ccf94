// zh: 计数的信号量：运行时的那一个，原样给用户。
// en: The counting semaphore: the runtime's own, given to users as it is.
#include "ch6_parking/parking.hpp"
#include "newproc/go.hpp"
#include "newproc/sync.hpp"

namespace newproc {

semaphore::semaphore(int n) {
  if (n < 0) panic("newproc: semaphore below zero");
  sema_.value.store(static_cast<std::uint32_t>(n), rt::order::relaxed);
}

void semaphore::acquire() {
  rt::goroutine("semaphore::acquire");
  rt::semacquire(sema_, "semacquire");
}

bool semaphore::try_acquire() {
  rt::goroutine("semaphore::try_acquire");
  if (rt::cansemacquire(sema_)) return true;
  if (rt::semafresh(sema_)) return false;
  rt::semarenew(sema_);
  return rt::cansemacquire(sema_);
}

void semaphore::release() {
  rt::goroutine("semaphore::release");
  rt::semrelease(sema_);
}

}  // namespace newproc
