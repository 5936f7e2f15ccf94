// zh: 换栈：systemstack 去而复返，mcall 一去不回（由别人恢复）。
// en: Changing stacks: systemstack goes and comes back, mcall goes and another resumes.
#include <doctest/doctest.h>

#include "ch1_entry/entry.hpp"
#include "ch1_entry/which_stack.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "death.hpp"
#include "newproc/newproc.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

using namespace rt;

TEST_CASE("systemstack runs on g0 and returns to the goroutine's own stack") {
  run([] {
    G* g = getg();
    CHECK(on_stack_of(g, here()));
    CHECK_FALSE(on_g0());
    bool right = false;
    systemstack([&] { right = on_g0() && getg() == &g->m->g0 && !on_stack_of(g, here()); });
    CHECK(right);
    CHECK(getg() == g);
    CHECK(on_stack_of(g, here()));
    CHECK(g->m->curg == g);
    CHECK(g->status() == Grunning);
  });
}

TEST_CASE("systemstack on g0 is a plain call") {
  run([] {
    const std::byte* outer = nullptr;
    const std::byte* inner = nullptr;
    systemstack([&] {
      outer = here();
      systemstack([&] { systemstack([&] { inner = on_g0() ? here() : nullptr; }); });
    });
    CHECK(inner != nullptr);
    // zh: 同一个栈，不会更浅；内联之后就在同一帧里。
    // en: The same stack and not higher up; inlined it is the very same frame.
    CHECK(inner <= outer);
    CHECK(outer - inner < 4096);
  });
}

TEST_CASE("systemstack off the runtime is a plain call") {
  bool called = false;
  systemstack([&called] { called = getg() == nullptr; });
  CHECK(called);
}

TEST_CASE("a hundred thousand systemstacks do not let g0 grow") {
  run({.procs = 1}, [] {
    const std::byte* first = nullptr;
    bool same = true;
    for (int i = 0; i < 100'000; ++i) {
      systemstack([&] {
        if (first == nullptr) first = here();
        same = same && here() == first;
      });
      // zh: 夹着经过调度器的切换。 en: With switches by way of the scheduler in between.
      if (i % 1000 == 0) {
        go([] {});
        until_alone();
      }
    }
    CHECK(same);
  });
}

TEST_CASE("systemstack passes on what it is given") {
  run([] {
    int value = 1;
    systemstack([](void* arg) { *static_cast<int*>(arg) += 41; }, &value);
    CHECK(value == 42);
  });
}

// zh: mcall 的 fn 看到的：g 已存好，M 已在 g0 上。 en: What mcall's fn sees: g saved, the M on g0.
struct {
  bool g0 = false, saved = false, parted = false;
} seen;

void look_and_requeue(G* g) {
  seen.g0 = on_g0();
  seen.saved = on_stack_of(g, g->sched.sp);
  casgstatus(g, Grunning, Grunnable);
  dropg();
  seen.parted = g->m == nullptr && getg()->m->curg == nullptr;
  const sched_lock_guard hold(sched.lock);
  globrunqput(g);
}

TEST_CASE("mcall leaves the goroutine saved and goes on once it is resumed") {
  run({.procs = 1}, [] {
    G* g = getg();
    seen = {};
    const std::byte* before = here();
    mcall(look_and_requeue);
    CHECK(seen.g0);
    CHECK(seen.saved);
    CHECK(seen.parted);
    CHECK(getg() == g);
    CHECK(here() == before);
    CHECK(g->status() == Grunning);
    CHECK(g->m->curg == g);
  });
}

TEST_CASE("mcall on g0 is fatal") {
  const ending e = in_child([] { run([] { systemstack([] { mcall(look_and_requeue); }); }); });
  CHECK(e.exit_code == 2);
  CHECK(e.head(1) == "fatal error: mcall called on g0 stack\n");
}

TEST_CASE("local variables survive every switch") {
  run({.procs = 2}, [] {
    std::atomic<int> wrong{0};
    for (int n = 0; n < 50; ++n)
      go([n, &wrong] {
        double d = n + 0.5;
        std::int64_t i = n;
        std::string s(static_cast<std::size_t>(n), 'x');
        for (int round = 0; round < 100; ++round) {
          yield();
          d += 1;
          i += 1;
        }
        if (d != n + 100.5 || i != n + 100 || s.size() != static_cast<std::size_t>(n))
          wrong.fetch_add(1);
      });
    until_alone();
    CHECK(wrong.load() == 0);
  });
}

}  // namespace
}  // namespace newproc::test
