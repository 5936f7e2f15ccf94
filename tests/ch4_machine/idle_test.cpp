// zh: 空闲的 P 与 M：后进先出，计数不差；wakep 与 startm 的记账。
// en: Idle Ps and Ms: last in first out, with exact counts; and the accounts of wakep and startm.
#include <doctest/doctest.h>

#include <memory>

#include "ch1_entry/entry.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "ch4_machine/inside.hpp"
#include "ch4_machine/machine.hpp"
#include "death.hpp"
#include "newproc/newproc.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

using namespace rt;

class idle_bench {
 public:
  idle_bench() {
    schedreset();
    const sched_lock_guard hold(sched.lock);
    // zh: 好像有许多 M，checkdead 不必担心。 en: As if there were many Ms: nothing for checkdead.
    sched.mnext = 100;
  }
  std::unique_ptr<P[]> ps = std::make_unique<P[]>(3);
  std::unique_ptr<M[]> ms = std::make_unique<M[]>(3);
};

TEST_CASE_FIXTURE(idle_bench, "idle Ps come back last in first out and are counted") {
  const sched_lock_guard hold(sched.lock);
  CHECK(pidleget() == nullptr);
  for (std::size_t i = 0; i < 3; ++i) pidleput(&ps[i]);
  CHECK(sched.npidle.load() == 3);
  for (std::size_t i = 3; i-- > 0;) {
    CHECK(pidleget() == &ps[i]);
    CHECK(sched.npidle.load() == static_cast<int>(i));
  }
  CHECK(pidleget() == nullptr);
  CHECK(sched.npidle.load() == 0);
}

TEST_CASE_FIXTURE(idle_bench, "idle Ms come back last in first out and are counted") {
  const sched_lock_guard hold(sched.lock);
  CHECK(mget() == nullptr);
  for (std::size_t i = 0; i < 3; ++i) mput(&ms[i]);
  CHECK(sched.nmidle == 3);
  for (std::size_t i = 3; i-- > 0;) {
    CHECK(mget() == &ms[i]);
    CHECK(sched.nmidle == static_cast<int>(i));
  }
  CHECK(mget() == nullptr);
}

TEST_CASE_FIXTURE(idle_bench, "an M that wanted a P to spin with and got none leaves a note") {
  const sched_lock_guard hold(sched.lock);
  pidleput(&ps[0]);
  CHECK(pidlegetSpinning() == &ps[0]);
  CHECK(sched.needspinning.load() == 0);
  CHECK(pidlegetSpinning() == nullptr);
  CHECK(sched.needspinning.load() == 1);
}

#if defined(NEWPROC_CHECKED)
TEST_CASE_FIXTURE(idle_bench, "a P with work must not be put on the idle list") {
  const ending e = in_child([this] {
    const auto g = std::make_unique<G>();
    P* p = &ps[0];
    p->owner.held();
    runqput(p, g.get(), true);
    const sched_lock_guard hold(sched.lock);
    pidleput(p);
  });
  CHECK(e.exit_code == 2);
  CHECK(e.error == "fatal error: pidleput: P has non-empty run queue\n");
}
#endif

TEST_CASE("an M holds one P and a P one M") {
  const auto check = [](const char* words, void (*misuse)()) {
    const ending e = in_child(
        [misuse] { run({.procs = 2}, [misuse] { systemstack([misuse] { misuse(); }); }); });
    CHECK(e.exit_code == 2);
    CHECK(e.head(1) == "fatal error: " + std::string(words) + "\n");
  };
  check("acquirep: already in go", [] { acquirep(&sched.allp[1]); });
  check("acquirep: the P has an M", [] {
    P* p = releasep();
    p->m = &sched.m0;
    acquirep(p);
  });
  check("releasep: invalid arg", [] {
    (void)releasep();
    (void)releasep();
  });
}

TEST_CASE("releasep and acquirep part and join both sides") {
  run([] {
    bool right = true;
    systemstack([&right] {
      M* m = getg()->m;
      P* p = releasep();
      right = right && m->p == nullptr && p->m == nullptr;
      acquirep(p);
      right = right && m->p == p && p->m == m;
    });
    CHECK(right);
  });
}

TEST_CASE("wakep without an idle P takes its count back and makes no thread") {
  run({.procs = 1}, [] {
    systemstack([] { wakep(); });
    CHECK(sched.nmspinning.load() == 0);
    CHECK(sched.needspinning.load() == 1);
    const sched_lock_guard hold(sched.lock);
    CHECK(mcount() == 1);
  });
}

TEST_CASE("wakep does nothing while an M spins") {
  run({.procs = 2}, [] {
    sched.nmspinning.fetch_add(1);
    systemstack([] { wakep(); });
    CHECK(sched.nmspinning.load() == 1);
    CHECK(sched.npidle.load() == 1);
    sched.nmspinning.fetch_sub(1);
    const sched_lock_guard hold(sched.lock);
    CHECK(mcount() == 1);
  });
}

TEST_CASE("a go statement with an idle P gets a thread going") {
  std::atomic<bool> ran{false};
  run({.procs = 2}, [&ran] {
    go([&ran] { ran.store(true); });
    while (!ran.load())
      os::thread_yield();  // zh: 主 goroutine 不让出它的 P en: main does not give up its P
  });
  CHECK(ran.load());
}

TEST_CASE("on one P ten thousand goroutines need no other thread") {
  run({.procs = 1}, [] {
    for (int i = 0; i < goroutines_at_once(10'000); ++i) go([] { yield(); });
    until_alone();
    const sched_lock_guard hold(sched.lock);
    CHECK(mcount() == 1);
  });
}

}  // namespace
}  // namespace newproc::test
