// zh: 以结束进程告终的：死锁的报告，goroutine 之外的调用，sudog 的检查，没人接的 panic。
// en: What ends the process: the report of a deadlock, calls outside of goroutines, the check of sudogs, panics
//     that are not caught.
#include <doctest/doctest.h>

#include "ch6_parking/inside.hpp"
#include "death.hpp"
#include "newproc/newproc.hpp"
#include "parking.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

using namespace std::chrono_literals;

constexpr const char* asleep = "fatal error: all goroutines are asleep - deadlock!\n";

void must_be_asleep(const char* reason, std::function<void()> main) {
  CAPTURE(reason);
  for (const int procs : {1, 2}) {
    const ending e = in_child([&] { run({.procs = procs}, main); });
    CHECK(e.exit_code == 2);
    CHECK(e.head(1) == asleep);
    CHECK(e.error.find(std::string("\n\ngoroutine 1 [").append(reason).append("]:\n")) != std::string::npos);
  }
}

TEST_CASE("deadlock: the report says why each goroutine waits, in Go's words") {
  const auto c = make_chan<int>();
  must_be_asleep("chan send", [c] { c.send(1); });
  must_be_asleep("chan receive", [c] { (void)c.recv(); });
  must_be_asleep("chan receive", [c] {
    for ([[maybe_unused]] const int v : c) FAIL("a value");
  });
  must_be_asleep("chan send (nil chan)", [] { chan<int>{}.send(1); });
  must_be_asleep("chan receive (nil chan)", [] { (void)chan<int>{}.recv(); });
  must_be_asleep("select", [c] { select(on_recv(c), on_send(c, 1)); });
  must_be_asleep("select", [] { select(on_recv(chan<int>{}), on_send(chan<int>{}, 1)); });
  must_be_asleep("select (no cases)", [] { select(); });
  must_be_asleep("select (no cases)", [] { select(std::span<select_case>{}); });
  must_be_asleep("chan receive", [c] { select(on_recv(c)); });
  must_be_asleep("sync.Mutex.Lock", [] {
    mutex m;
    m.lock();
    m.lock();
  });
  must_be_asleep("sync.RWMutex.Lock", [] {
    rw_mutex m;
    m.lock_shared();
    m.lock();
  });
  must_be_asleep("sync.RWMutex.RLock", [] {
    rw_mutex m;
    m.lock();
    m.lock_shared();
  });
  must_be_asleep("sync.WaitGroup.Wait", [] {
    wait_group g;
    g.add(1);
    g.wait();
  });
  must_be_asleep("sync.Cond.Wait", [] {
    mutex m;
    cond never;
    std::unique_lock lock(m);
    never.wait(lock);
  });
  must_be_asleep("semacquire", [] {
    semaphore s(0);
    s.acquire();
  });
  must_be_asleep("sync.Mutex.Lock", [] {
    once o;
    o.call([&o] { o.call([] {}); });
  });
}

TEST_CASE("deadlock: every goroutine has its paragraph, with who made it") {
  for (const int procs : {1, 2}) {
    const ending e = in_child([procs] {
      run({.procs = procs}, [] {
        const auto c = make_chan<int>();
        mutex m;
        m.lock();
        go([c] { c.send(1); });
        go([c] { c.send(2); });
        go([&m] { m.lock(); });
        go([c] { select(on_recv(chan<int>{}), on_send(c, 3)); });
        select();
      });
    });
    CHECK(e.exit_code == 2);
    CHECK(e.error.starts_with(asleep));
    CHECK(e.error.find("\n\ngoroutine 1 [select (no cases)]:\n") != std::string::npos);
    CHECK(e.error.find("\n\ngoroutine 2 [chan send]:\n") != std::string::npos);
    CHECK(e.error.find("\n\ngoroutine 3 [chan send]:\n") != std::string::npos);
    CHECK(e.error.find("\n\ngoroutine 4 [sync.Mutex.Lock]:\n") != std::string::npos);
    CHECK(e.error.find("\n\ngoroutine 5 [select]:\n") != std::string::npos);
    std::size_t made = 0;
    for (std::size_t at = 0; (at = e.error.find(" in goroutine 1\n", at)) != std::string::npos; ++at) ++made;
    CHECK(made == 4);
  }
}

TEST_CASE("deadlock: GOTRACEBACK=none leaves the sentence alone") {
  const ending e = in_child([] {
    ::setenv("GOTRACEBACK", "none", 1);
    run([] { select(); });
  });
  CHECK(e.exit_code == 2);
  CHECK(e.error == asleep);
}

TEST_CASE("a goroutine asleep until a time, or a pending after, is no deadlock") {
  for (const int procs : {1, 2}) {
    const ending e = in_child([procs] {
      return run({.procs = procs}, [] {
        go([] { select(); });
        (void)after(5ms).recv();
        const auto c = make_chan<int>();
        go([c] {
          sleep(5ms);
          c.send(7);
        });
        return *c.recv();
      });
    });
    CHECK(e.exit_code == 7);
    CHECK(e.error.empty());
  }
}

// zh: after 到了点，可是没有人收；再没有别的，就是死锁。
// en: The time of an after has come but none receives; with nothing else left it is a deadlock.
TEST_CASE("once the last timer has fired a deadlock is told") {
  for (const int procs : {1, 2}) {
    const ending e = in_child([procs] {
      run({.procs = procs}, [] {
        const auto late = after(2ms);
        const auto c = make_chan<int>();
        (void)c.recv();
      });
    });
    CHECK(e.exit_code == 2);
    CHECK(e.error.starts_with(asleep));
  }
}

template <class F>
void must_be_outside(const char* name, F f) {
  CAPTURE(name);
  const ending e = in_child(f);
  CHECK(e.exit_code == 2);
  CHECK(e.error == std::string("fatal error: newproc: ") + name + " called outside a goroutine\n");
}

TEST_CASE("outside a goroutine every operation is fatal and says its name") {
  const auto c = make_chan<int>(1);
  int v = 0;
  must_be_outside("chan::send", [&] { c.send(1); });
  must_be_outside("chan::recv", [&] { (void)c.recv(); });
  must_be_outside("chan::send", [&] { (void)c.try_send(1); });
  must_be_outside("chan::recv", [&] { (void)c.try_recv(v); });
  must_be_outside("chan::close", [&] { c.close(); });
  must_be_outside("chan::recv", [&] {
    for ([[maybe_unused]] const int i : c) break;
  });
  must_be_outside("select", [&] { select(on_recv(c), on_recv(c)); });
  must_be_outside("select", [&] { select(on_recv(c), otherwise()); });
  must_be_outside("select", [&] { select(); });
  must_be_outside("after", [] { (void)after(1ms); });
  must_be_outside("sleep", [] { sleep_until(std::chrono::steady_clock::now() + 1ms); });
  static mutex m;
  static rw_mutex rw;
  static wait_group g;
  static semaphore s(1);
  static once o;
  static cond cv;
  must_be_outside("mutex::lock", [] { m.lock(); });
  must_be_outside("mutex::try_lock", [] { (void)m.try_lock(); });
  must_be_outside("mutex::unlock", [] { m.unlock(); });
  must_be_outside("rw_mutex::lock", [] { rw.lock(); });
  must_be_outside("rw_mutex::try_lock", [] { (void)rw.try_lock(); });
  must_be_outside("rw_mutex::unlock", [] { rw.unlock(); });
  must_be_outside("rw_mutex::lock_shared", [] { rw.lock_shared(); });
  must_be_outside("rw_mutex::try_lock_shared", [] { (void)rw.try_lock_shared(); });
  must_be_outside("rw_mutex::unlock_shared", [] { rw.unlock_shared(); });
  must_be_outside("wait_group::add", [] { g.add(1); });
  must_be_outside("wait_group::wait", [] { g.wait(); });
  must_be_outside("semaphore::acquire", [] { s.acquire(); });
  must_be_outside("semaphore::try_acquire", [] { (void)s.try_acquire(); });
  must_be_outside("semaphore::release", [] { s.release(); });
  must_be_outside("once::call", [] { o.call([] {}); });
  must_be_outside("cond::signal", [] { cv.signal(); });
  must_be_outside("cond::broadcast", [] { cv.broadcast(); });
}

TEST_CASE("what may be done outside: making channels, copying handles, asking, making sync types") {
  const ending e = in_child([] {
    const auto c = make_chan<int>(4);
    const auto copy = c;
    [[maybe_unused]] mutex m;
    [[maybe_unused]] rw_mutex rw;
    [[maybe_unused]] wait_group g;
    [[maybe_unused]] semaphore s(1);
    [[maybe_unused]] once o;
    [[maybe_unused]] cond cv;
    return static_cast<int>(copy.len() + copy.cap());
  });
  CHECK(e.exit_code == 4);
  CHECK(e.error.empty());
}

TEST_CASE("a panic of a channel that is not caught ends the program in Go's words") {
  for (const int procs : {1, 2}) {
    const ending e = in_child([procs] {
      run({.procs = procs}, [] {
        const auto c = make_chan<int>();
        c.close();
        c.send(1);
      });
    });
    CHECK(e.exit_code == 2);
    CHECK(e.head(3) == "panic: send on closed channel\n\ngoroutine 1 [running]:\n");
  }
}

#if defined(NEWPROC_CHECKED)
TEST_CASE("a sudog that still hangs somewhere must not be given back") {
  const auto with = [](void (*spoil)(rt::sudog*), const char* words) {
    const ending e = in_child([spoil] {
      run({.procs = 1}, [spoil] {
        rt::sudog* sg = rt::acquireSudog(rt::getg());
        spoil(sg);
        rt::releaseSudog(sg);
      });
    });
    CHECK(e.exit_code == 2);
    CHECK(e.head(1) == std::string("fatal error: runtime: ") + words + "\n");
  };
  with([](rt::sudog* sg) { sg->elem = sg; }, "sudog with non-nil elem");
  with([](rt::sudog* sg) { sg->next = sg; }, "sudog with non-nil next");
  with([](rt::sudog* sg) { sg->prev = sg; }, "sudog with non-nil prev");
  with([](rt::sudog* sg) { sg->waitlink = sg; }, "sudog with non-nil waitlink");
  with([](rt::sudog* sg) { sg->isSelect = true; }, "sudog with non-false isSelect");
  with([](rt::sudog* sg) { sg->g->param = sg; }, "releaseSudog with non-nil gp.param");
}
#endif

}  // namespace
}  // namespace newproc::test
