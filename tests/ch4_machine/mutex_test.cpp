// zh: 运行时自己的锁：争抢之下也只有一个人在里面，而且没有人被忘在外面。
// en: The runtime's own lock: under contention too only one is inside, and nobody is forgotten
//     outside.
#include <doctest/doctest.h>

#include <thread>
#include <vector>

#include "os/mutex.hpp"
#include "os/thread.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

struct shared {
  os::mutex lock;
  int count GUARDED_BY(lock) = 0;
  int inside GUARDED_BY(lock) = 0;
  int intruders GUARDED_BY(lock) = 0;
};

// zh: give_way：在锁里让出 CPU，逼别人走慢路、睡下。
// en: give_way: give up the CPU inside, so that the others take the slow path and sleep.
void contend(int rounds, bool give_way) {
  shared s;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&s, rounds, give_way] {
      for (int i = 0; i < rounds; ++i) {
        const os::lock_guard hold(s.lock);
        if (++s.inside != 1) ++s.intruders;
        if (give_way && i % 16 == 0) os::thread_yield();
        ++s.count;
        --s.inside;
      }
    });
  for (std::thread& t : threads) t.join();
  const os::lock_guard hold(s.lock);
  CHECK(s.count == 4 * rounds);
  CHECK(s.intruders == 0);
}

TEST_CASE("four threads count under a mutex and lose nothing") { contend(repeat(100'000), false); }

TEST_CASE("holders that give up the CPU do not break the mutex") { contend(repeat(10'000), true); }

TEST_CASE("a mutex is free again after each unlock") {
  os::mutex lock;
  for (int i = 0; i < 1000; ++i) {
    lock.lock();
    lock.unlock();
  }
  const os::lock_guard hold(lock);
}

}  // namespace
}  // namespace newproc::test
