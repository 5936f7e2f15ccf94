// zh: newproc1 与 malg：一个新 G 有些什么，什么时候别人看得见它。
// en: newproc1 and malg: what a new G has, and when others can see it.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <set>
#include <vector>

#include "ch1_entry/entry.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"
#include "newproc/newproc.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

using namespace rt;

TEST_CASE("malg makes an idle G without a stack, on cache lines of its own") {
  run([] {
    const G* first = nullptr;
    const G* second = nullptr;
    systemstack([&] {
      for (const G** g : {&first, &second}) {
        G* made = malg();
        *g = made;
        CHECK(made->status() == Gidle);
        CHECK(made->stack.hi == nullptr);
        CHECK(made->sched.sp == nullptr);
        casgstatus(made, Gidle, Gdead);
        allgadd(made);
      }
    });
    CHECK(address_of(first) % cache_line == 0);
    CHECK(address_of(second) - address_of(first) == sizeof(G));
  });
}

TEST_CASE("a goroutine gets its stack at its first run and gives it back at its end") {
  run({.procs = 1}, [] {
    const G* mine = nullptr;
    bool had = false;
    go([&] {
      mine = getg();
      had = mine->stack.hi != nullptr;
      yield();
    });
    {
      const os::lock_guard hold(sched.allglock);
      CHECK(sched.allgs.back()->stack.hi == nullptr);
    }
    until_alone();
    CHECK(had);
    CHECK(mine->stack.hi == nullptr);
    CHECK(mine->sched.sp == nullptr);
  });
}

TEST_CASE("goroutines that never stop midway all use one stack") {
  run({.procs = 1}, [] {
    std::set<const std::byte*> tops;
    for (int i = 0; i < 1000; ++i) go([&tops] { tops.insert(getg()->stack.hi); });
    until_alone();
    CHECK(tops.size() == 1);
  });
}

// zh: 闭包太大的，创建时就有栈；一个接一个，总是那一个。
// en: Those with large closures have their stacks from creation; one after another, always the same.
TEST_CASE("a goroutine whose closure lies on its stack gives that stack back too") {
  run({.procs = 1}, [] {
    std::set<const std::byte*> tops;
    for (int i = 0; i < 100; ++i) {
      const std::array<int, 64> large{};
      for (int twice = 0; twice < 2; ++twice)
        go([&tops, large] { tops.insert(getg()->stack.hi + large[0]); });
      go([] {});
      until_alone();
    }
    CHECK(tops.size() <= 3);
  });
}

TEST_CASE("a stack is handed on to the next goroutine, with what the next one captured intact") {
  for (const int procs : {1, 2}) {
    run({.procs = procs}, [] {
      std::atomic<int> wrong{0};
      for (int i = 0; i < 2000; ++i) {
        std::array<int, 64> large{};
        large.fill(i);
        if (i % 3 == 0)
          go([&wrong, large, i] { wrong += large[0] != i || large[63] != i; });
        else if (i % 3 == 1)
          go([&wrong, i, again = i] { wrong += again != i; });
        else
          go([&wrong, i, again = i] {
            yield();
            wrong += again != i;
          });
      }
      until_alone();
      CHECK(wrong.load() == 0);
    });
  }
}

TEST_CASE("allgs lists Gs in the order of their making") {
  run({.procs = 1}, [] {
    for (int i = 0; i < 10; ++i) go([] {});
    const os::lock_guard hold(sched.allglock);
    REQUIRE(sched.allgs.size() == 11);
    for (std::size_t i = 0; i < sched.allgs.size(); ++i)
      CHECK(sched.allgs[i]->goid == static_cast<std::int64_t>(i + 1));
  });
}

TEST_CASE("a dead G is used again") {
  run({.procs = 1}, [] {
    const G* first = nullptr;
    const G* second = nullptr;
    go([&first] { first = getg(); });
    until_alone();
    go([&second] { second = getg(); });
    until_alone();
    CHECK(first == second);
    const os::lock_guard hold(sched.allglock);
    CHECK(sched.allgs.size() == 2);
  });
}

TEST_CASE("a new G knows its parent and its entry") {
  run({.procs = 1}, [] {
    std::int64_t parent = 0, own = 0;
    const void* startpc = nullptr;
    std::int64_t main_parent = -1;
    go([&] {
      const G* g = getg();
      own = g->goid;
      parent = g->parentGoid;
      startpc = g->startpc;
      CHECK(startpc == reinterpret_cast<const void*>(g->startfn->call));
    });
    main_parent = getg()->parentGoid;
    until_alone();
    CHECK(parent == 1);
    CHECK(own > 1);
    CHECK(startpc != nullptr);
    CHECK(main_parent == 0);
  });
}

TEST_CASE("labels pass from creator to created and end with the goroutine") {
  run({.procs = 1}, [] {
    int label = 0;
    void* first = nullptr;
    void* grandchild = nullptr;
    void* later = &label;
    getg()->labels = &label;
    go([&] {
      first = getg()->labels;
      go([&] { grandchild = getg()->labels; });
    });
    until_alone();
    CHECK(first == &label);
    CHECK(grandchild == &label);
    getg()->labels = nullptr;
    go([&later] { later = getg()->labels; });
    until_alone();
    CHECK(later == nullptr);
  });
}

TEST_CASE("ancestors are remembered as far as GODEBUG asks") {
  const auto ancestors_of_the_fourth = [](const char* setting) {
    ::setenv("GODEBUG", setting, 1);
    std::vector<std::int64_t> goids;
    bool none = true;
    run({.procs = 1}, [&] {
      go([&] {
        go([&] {
          go([&] {
            const G* g = getg();
            none = g->ancestors == nullptr;
            if (g->ancestors)
              for (const ancestor& a : *g->ancestors) goids.push_back(a.goid);
          });
        });
      });
      until_alone();
    });
    ::unsetenv("GODEBUG");
    CHECK(none == goids.empty());
    return goids;
  };
  CHECK(ancestors_of_the_fourth("").empty());
  CHECK(ancestors_of_the_fourth("tracebackancestors=0").empty());
  CHECK(ancestors_of_the_fourth("tracebackancestors=x").empty());
  CHECK(ancestors_of_the_fourth("tracebackancestors=1") == std::vector<std::int64_t>{3});
  CHECK(ancestors_of_the_fourth("a=1,tracebackancestors=2") == std::vector<std::int64_t>{3, 2});
  CHECK(ancestors_of_the_fourth("tracebackancestors=3,tracebackancestors=1").size() == 1);
  CHECK(ancestors_of_the_fourth("tracebackancestors=10") == std::vector<std::int64_t>{3, 2, 1});
}

TEST_CASE("num_goroutine counts the living") {
  run({.procs = 1}, [] {
    CHECK(num_goroutine() == 1);
    const int n = goroutines_at_once(200);
    for (int i = 0; i < n; ++i) go([] { yield(); });
    CHECK(num_goroutine() == n + 1);
    until_alone();
    for (int i = 0; i < 50; ++i) go([] {});
    CHECK(num_goroutine() == 51);
  });
}

// zh: 人们用它来等别人结束；若在死去的 G 搬家时少数了几个，就会等得太早结束。
// en: People wait with it for the others to end; if it missed some while dead Gs move between the
//     lists, they would stop waiting too early.
TEST_CASE("num_goroutine never counts fewer than live all the while") {
  for (const int procs : {2, 4, 8}) {
    constexpr int residents = 5;
    int least = 1000;
    run({.procs = procs}, [&least] {
      std::atomic<bool> stop{false};
      for (int i = 0; i < residents; ++i)
        go([&stop] {
          while (!stop.load()) {
            // zh: 它们让出一次，于是多半死在别的 P 上。
            // en: They yield once, so that most die on another P.
            for (int n = 0; n < 20; ++n) go([] { yield(); });
            yield();
          }
        });
      for (int i = 0; i < repeat(200'000); ++i) {
        least = std::min(least, num_goroutine());
        if (i % 16 == 0) yield();
      }
      stop.store(true);
      until_alone();
    });
    CHECK(least >= residents + 1);
  }
}

TEST_CASE("goids of one P are consecutive and never used again") {
  run({.procs = 1}, [] {
    std::vector<std::int64_t> ids;
    for (int i = 0; i < 100; ++i) {
      go([&ids] { ids.push_back(goid()); });
      until_alone();
    }
    std::vector<std::int64_t> expected;
    for (std::int64_t id = 2; id <= 101; ++id) expected.push_back(id);
    CHECK((ids == expected));
  });
}

}  // namespace
}  // namespace newproc::test
