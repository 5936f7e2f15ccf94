// zh: 等自己手里的锁。
// en: Waits for the lock that it holds itself.
// exercise: 2.2
// verdict: had not ended after 3 s
// seconds: 3
#include <mutex>
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"

namespace newproc::rt {

std::int64_t next_goid(P*) {
  static std::mutex lock;
  lock.lock();
  lock.lock();
  return 0;
}

}  // namespace newproc::rt
