// zh: 比一次运行长命的同步类型：上一次等着的都不在了，计数、停在半路的交接也不留下。
// en: Sync types that outlive a run: those that waited are gone, and no count and no half-done hand-over is left of
//     them.
#include <doctest/doctest.h>

#include <mutex>
#include <shared_mutex>

#include "newproc/newproc.hpp"
#include "os/clock.hpp"
#include "parking.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

void compute(std::int64_t ns) {
  const std::int64_t start = os::nanotime();
  while (os::nanotime() - start < ns) {
  }
}

// zh: 在新的运行里当作新的来用：有人等，有人放，人人都走得完。
// en: Used in a new run as if new: some wait, some release, all get to their end.
template <class Lock, class Unlock>
void works(Lock lock, Unlock unlock) {
  wait_group g;
  long count = 0;
  for (int i = 0; i < 4; ++i)
    g.go([&] {
      for (int n = 0; n < repeat(200); ++n) {
        lock();
        const long before = count;
        if (n % 8 == 0) yield();
        count = before + 1;
        unlock();
      }
    });
  g.wait();
  CHECK(count == 4 * repeat(200));
}

TEST_CASE("mutex: those that waited in a former run are gone") {
  for (const int procs : procs_to_try) {
    mutex m;
    for (int round = 0; round < 20; ++round) {
      run({.procs = procs}, [&] {
        m.lock();
        for (int i = 0; i < 3; ++i) go([&m] { m.lock(); });
        until_parked(3);
        if (round % 3 == 1) compute(1'500'000);  // zh: 他们等得太久 en: they have waited too long
        m.unlock();  // zh: 放行了一个，运行就结束了 en: one is let go on, and the run ends
        if (round % 2 == 1) yield();
      });
      run({.procs = procs}, [&] {
        // zh: 醒来的也许已经拿到，那就还握着 en: the one that woke may have got it; then it is held
        if (!m.try_lock()) m.unlock();
        else m.unlock();
        works([&] { m.lock(); }, [&] { m.unlock(); });
      });
    }
  }
}

TEST_CASE("mutex: handed over to one that never ran, it is free in the next run") {
  mutex m;
  run({.procs = 1}, [&] {
    m.lock();
    go([&m] { m.lock(); });
    until_parked(1);
    compute(1'500'000);
    m.unlock();
    m.lock();
    yield();
    // zh: 它在饥饿的队里；交给一个不会跑的：放的人让出之后运行就结束 en: it waits in the starving way
    go([] {});
    CHECK_FALSE(m.try_lock());
  });
  run({.procs = 1}, [&] {
    m.unlock();
    CHECK(m.try_lock());
    m.unlock();
    works([&] { m.lock(); }, [&] { m.unlock(); });
  });
}

TEST_CASE("rw_mutex: waiting readers and writers of a former run are gone, handed over or not") {
  for (const int procs : procs_to_try)
    for (int how = 0; how < 4; ++how)
      for (int round = 0; round < 5; ++round) {
        rw_mutex m;
        run({.procs = procs}, [&] {
          const bool writes = how % 2 == 0;
          if (writes) m.lock(); else m.lock_shared();
          go([&m] { m.lock(); });
          until_parked(1);
          for (int i = 0; i < 2; ++i) go([&m] { m.lock_shared(); });
          until_parked(3);
          // zh: 放了，接的人还没有跑 en: released, and those it was for have not run yet
          if (how < 2) {
            if (writes) m.unlock(); else m.unlock_shared();
          }
        });
        run({.procs = procs}, [&] {
          // zh: 没有放的，还握着；接的人若真的跑过，也握着 en: not released, it is held still; so it is if they did run
          if (how == 2) m.unlock();
          if (how == 3) m.unlock_shared();
          if (how < 2 && procs > 1 && !m.try_lock()) return;
          if (how < 2 && procs > 1) m.unlock();
          CHECK(m.try_lock());
          m.unlock();
          works([&] { m.lock(); }, [&] { m.unlock(); });
          m.lock_shared();
          m.unlock_shared();
        });
      }
}

TEST_CASE("cond: tickets of a former run are void") {
  for (const int procs : procs_to_try) {
    mutex m;
    cond c;
    for (int round = 0; round < 10; ++round) {
      run({.procs = procs}, [&] {
        for (int i = 0; i < 3; ++i)
          go([&] {
            std::unique_lock lock(m);
            c.wait(lock);
          });
        until_parked(3);
      });
      run({.procs = procs}, [&] {
        bool woken = false;
        go([&] {
          std::unique_lock lock(m);
          c.wait(lock);
          woken = true;
        });
        until_parked(1);
        c.signal();  // zh: 叫的是这一次的 en: it is this run's ticket that is called
        until_alone();
        CHECK(woken);
      });
    }
  }
}

TEST_CASE("wait_group: those that waited are gone, the counter stays") {
  for (const int procs : procs_to_try) {
    wait_group g;
    for (int round = 0; round < 10; ++round) {
      run({.procs = procs}, [&] {
        g.add(1);
        for (int i = 0; i < 3; ++i) go([&g] { g.wait(); });
        until_parked(3);
        if (round % 2 == 0) g.done();  // zh: 放行了，没有跑 en: let go on, and did not run
      });
      run({.procs = procs}, [&] {
        if (round % 2 != 0) g.done();
        g.wait();
        bool woken = false;
        g.add(1);
        go([&] {
          g.wait();
          woken = true;
        });
        until_parked(1);
        CHECK_FALSE(woken);
        g.done();
        until_alone();
        CHECK(woken);
      });
    }
  }
}

TEST_CASE("once: begun and not finished in a former run, it can be done") {
  for (const int procs : procs_to_try) {
    once o;
    run({.procs = procs}, [&] {
      go([&o] { o.call([] { select(); }); });
      until_parked(1);
      go([&o] { o.call([] {}); });
      until_parked(2);
    });
    run({.procs = procs}, [&] {
      bool did = false;
      o.call([&did] { did = true; });
      CHECK(did);
    });
    run({.procs = procs}, [&] { o.call([] { FAIL("twice"); }); });
  }
}

TEST_CASE("semaphore: what was given to one that never ran comes back") {
  for (int round = 0; round < 20; ++round) {
    semaphore s(1);
    run({.procs = 1}, [&] {
      s.acquire();
      for (int i = 0; i < 2; ++i) go([&s] { s.acquire(); });
      until_parked(2);
      s.release();  // zh: 给了第一个，它不会跑 en: given to the first, which never runs
    });
    run({.procs = 1}, [&] {
      // zh: 慢路认得出上一次运行 en: the slow path recognises the former run
      go([&s] {
        s.acquire();
        yield();
        s.release();
      });
      s.acquire();
      s.release();
      until_alone();
      works([&] { s.acquire(); }, [&] { s.release(); });
      CHECK(s.try_acquire());
      CHECK_FALSE(s.try_acquire());
    });
  }
}

}  // namespace
}  // namespace newproc::test
