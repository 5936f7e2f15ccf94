// zh: 没有活的时候：没有人自旋，CPU 闲着。
// en: When there is no work: nobody spins and the CPU is idle.
#include <doctest/doctest.h>
#include <sys/resource.h>

#include <thread>

#include "ch4_machine/machine.hpp"
#include "newproc/newproc.hpp"
#include "os/clock.hpp"
#include "os/thread.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

using namespace std::chrono_literals;

void some_work() {
  for (int i = 0; i < repeat(1000); ++i) go([] { yield(); });
  until_alone();
}

std::int64_t cpu_time_ns() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto ns = [](const timeval& t) {
    return t.tv_sec * std::int64_t{1'000'000'000} + t.tv_usec * std::int64_t{1'000};
  };
  return ns(usage.ru_utime) + ns(usage.ru_stime);
}

// zh: 旁观者在 run 之外的线程上看：所有 P 都闲着、没有人自旋的那一刻总会来。
// en: An onlooker on a thread outside: the moment must come when all Ps are idle and nobody spins.
TEST_CASE("when all sleep every P is idle and nobody spins") {
  for (const int procs : {1, 2, 4}) {
    std::atomic<bool> observed{false}, over{false};
    run({.procs = procs}, [&, procs] {
      some_work();
      std::thread onlooker([&, procs] {
        while (!over.load()) {
          if (rt::sched.npidle.load() == procs && rt::sched.nmspinning.load() == 0)
            observed.store(true);
          os::thread_yield();
        }
      });
      for (int i = 0; i < 500 && !observed.load(); ++i) sleep(20ms);
      over.store(true);
      onlooker.join();
    });
    CHECK(observed.load());
  }
}

TEST_CASE("while all sleep the CPU is idle") {
  for (const int procs : {2, 4}) {
    double share = 1;
    run({.procs = procs}, [&share] {
      some_work();
      const std::int64_t cpu = cpu_time_ns();
      const std::int64_t start = os::nanotime();
      sleep(300ms);
      share =
          static_cast<double>(cpu_time_ns() - cpu) / static_cast<double>(os::nanotime() - start);
    });
    CAPTURE(share);
    CHECK(share < 0.5);
  }
}

TEST_CASE("the accounts of idleness are right again after work") {
  run({.procs = 4}, [] {
    for (int round = 0; round < repeat(50); ++round) {
      some_work();
      sleep(100us);
      CHECK(rt::sched.nmspinning.load() >= 0);
      CHECK(rt::sched.npidle.load() >= 0);
      CHECK(rt::sched.npidle.load() < 4);  // zh: 我们自己就占着一个 en: we hold one ourselves
    }
  });
}

}  // namespace
}  // namespace newproc::test
