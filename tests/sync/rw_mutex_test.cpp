// zh: 读写锁：写者独占，读者同在；写者等着，新来的读者就排在后面；谁也不饿死。
// en: The reader-writer lock: a writer alone, readers together; while a writer waits, new readers queue behind it;
//     none starves.
#include <doctest/doctest.h>

#include <mutex>
#include <shared_mutex>

#include "sync/fatal.hpp"
#include "newproc/newproc.hpp"
#include "parking.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

TEST_CASE("a writer is alone, and readers see no half-done writing") {
  for (const int procs : procs_to_try) {
    std::atomic<int> readers{0}, writers{0};
    std::atomic<bool> wrong{false};
    long written = 0, seen = 0;
    run({.procs = procs}, [&] {
      rw_mutex m;
      wait_group g;
      for (int w = 0; w < 2; ++w)
        g.go([&] {
          for (int i = 0; i < repeat(2000); ++i) {
            const std::lock_guard hold(m);
            if (writers.fetch_add(1) != 0 || readers.load() != 0) wrong.store(true);
            if (i % 64 == 0) yield();
            ++written;
            writers.fetch_sub(1);
          }
        });
      for (int r = 0; r < 4; ++r)
        g.go([&] {
          for (int i = 0; i < repeat(2000); ++i) {
            const std::shared_lock hold(m);
            readers.fetch_add(1);
            if (writers.load() != 0) wrong.store(true);
            const long before = written;
            if (i % 32 == 0) yield();
            if (written != before) wrong.store(true);
            readers.fetch_sub(1);
          }
        });
      g.wait();
      seen = written;
    });
    CHECK_FALSE(wrong.load());
    CHECK(seen == 2 * repeat(2000));
  }
}

TEST_CASE("a writer that waits stops new readers; after it they go first") {
  run({.procs = 1}, [] {
    rw_mutex m;
    std::string order;
    m.lock_shared();
    go([&] {
      m.lock();
      order += 'W';
      m.unlock();
    });
    until_parked(1);
    CHECK_FALSE(m.try_lock_shared());
    for (int i = 0; i < 2; ++i) {
      go([&] {
        m.lock_shared();
        order += 'r';
        m.unlock_shared();
      });
      until_parked(2 + i);
    }
    go([&] {
      m.lock();
      order += 'V';
      m.unlock();
    });
    until_parked(4);
    CHECK(order.empty());
    m.unlock_shared();
    until_alone();
    CHECK(order == "WrrV");
  });
}

TEST_CASE("readers may be inside together") {
  for (const int procs : procs_to_try)
    run({.procs = procs}, [] {
      rw_mutex m;
      const auto inside = make_chan<int>(), leave = make_chan<int>();
      for (int i = 0; i < 3; ++i)
        go([&, inside, leave] {
          const std::shared_lock hold(m);
          inside.send(1);
          (void)leave.recv();
        });
      for (int i = 0; i < 3; ++i) CHECK(inside.recv() == 1);
      leave.close();
      until_alone();
    });
}

TEST_CASE("trying: a reader beside readers, a writer alone") {
  run({.procs = 2}, [] {
    rw_mutex m;
    CHECK(m.try_lock_shared());
    CHECK(m.try_lock_shared());
    CHECK_FALSE(m.try_lock());
    m.unlock_shared();
    CHECK_FALSE(m.try_lock());
    m.unlock_shared();
    CHECK(m.try_lock());
    CHECK_FALSE(m.try_lock());
    CHECK_FALSE(m.try_lock_shared());
    m.unlock();
    CHECK(m.try_lock_shared());
    m.unlock_shared();
  });
}

TEST_CASE("writers get their turn though readers overlap for ever, and readers though writers queue") {
  for (const int procs : procs_to_try) {
    int wrote = 0;
    std::atomic<int> read{0};
    run({.procs = procs}, [&] {
      rw_mutex m;
      std::atomic<bool> stop{false};
      for (int r = 0; r < 3; ++r)
        go([&] {
          while (!stop.load()) {
            m.lock_shared();
            yield();
            read.fetch_add(1);
            m.unlock_shared();
          }
        });
      go([&] {
        while (!stop.load()) {
          m.lock();
          yield();
          m.unlock();
        }
      });
      for (; wrote < 50; ++wrote) {
        m.lock();
        m.unlock();
      }
      const int before = read.load();
      while (read.load() == before) yield();
      stop.store(true);
      until_alone();
    });
    CHECK(wrote == 50);
  }
}

// zh: 最后一个离开的析构它，读者和写者都一样。 en: The last to leave destroys it, reader or writer.
TEST_CASE("a reader-writer lock may be destroyed by the last that has used it") {
  for (const int procs : {2, 4})
    run({.procs = procs}, [] {
      struct shared {
        rw_mutex m;
        std::atomic<int> left{3};
      };
      for (int i = 0; i < repeat(2000); ++i) {
        auto* s = new shared;
        const auto read = [s] {
          s->m.lock_shared();
          const bool last = s->left.fetch_sub(1) == 1;
          s->m.unlock_shared();
          if (last) delete s;
        };
        go([s] {
          s->m.lock();
          const bool last = s->left.fetch_sub(1) == 1;
          s->m.unlock();
          if (last) delete s;
        });
        // zh: 读者可能同时在里面，只有独自在里面的才知道自己是最后一个 en: readers may be inside together; only one alone inside knows that it is the last
        go([s] {
          s->m.lock();
          const bool last = s->left.fetch_sub(1) == 1;
          s->m.unlock();
          if (last) delete s;
        });
        read();
      }
      until_alone();
    });
}

TEST_CASE("releasing what one does not hold is fatal") {
  must_die_of("Unlock of unlocked RWMutex", [] { rw_mutex().unlock(); });
  must_die_of("RUnlock of unlocked RWMutex", [] { rw_mutex().unlock_shared(); });
  must_die_of("Unlock of unlocked RWMutex", [] {
    rw_mutex m;
    m.lock_shared();
    m.unlock();
  });
  must_die_of("RUnlock of unlocked RWMutex", [] {
    rw_mutex m;
    m.lock();
    m.unlock_shared();
  });
}

}  // namespace
}  // namespace newproc::test
