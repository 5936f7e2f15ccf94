// zh: 线程局部变量与迁移：编译器会记住线程局部变量的地址，goroutine 换了线程，那个地址就是别人的。
//     getg() 必须每次重新取。release 预设在 -O3 与 LTO 下跑同一个测试。
// en: Thread-locals and migration: a compiler remembers a thread-local's address, and once the
//     goroutine is on another thread that address is another thread's. getg() must take it anew
//     each time. The release preset runs the same test with -O3 and LTO.
#include <doctest/doctest.h>
#include <pthread.h>

#include "elsewhere.hpp"
#include "newproc/newproc.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

TEST_CASE("after a change of threads everything of the goroutine's is its own") {
  run({.procs = 2}, [] {
    rt::G* g = rt::getg();
    int moved = 0, wrong = 0;
    for (int i = 0; i < repeat(1000); ++i) {
      const pthread_t thread_before = ::pthread_self();
      const rt::M* m_before = rt::getg()->m;
      go_elsewhere();
      // zh: 都在同一个函数里，好让编译器有机会把地址留着。
      // en: All in one function, to give the compiler its chance to keep the address.
      rt::M* m = rt::getg()->m;
      moved += m != m_before;
      wrong += rt::getg() != g;
      wrong += m == m_before;
      wrong += static_cast<rt::G*>(m->curg) != g;
      wrong += static_cast<rt::M*>(static_cast<rt::P*>(m->p)->m) != m;
      wrong += goid() != 1;
      (void)thread_before;
    }
    CHECK(wrong == 0);
    CHECK(moved == repeat(1000));
  });
}

TEST_CASE("systemstack after a change of threads uses the new thread's g0") {
  run({.procs = 2}, [] {
    int wrong = 0;
    for (int i = 0; i < repeat(200); ++i) {
      rt::M* before = rt::getg()->m;
      rt::systemstack([&] { wrong += rt::getg() != &before->g0; });
      go_elsewhere();
      rt::M* after = rt::getg()->m;
      wrong += after == before;
      rt::systemstack([&] { wrong += rt::getg() != &after->g0; });
    }
    CHECK(wrong == 0);
  });
}

TEST_CASE("goroutines that yield on many Ps keep their goid") {
  for (const int procs : {2, 4}) {
    std::atomic<int> wrong{0};
    run({.procs = procs}, [&wrong] {
      for (int n = 0; n < repeat(100); ++n)
        go([&wrong] {
          const std::int64_t mine = goid();
          const rt::G* g = rt::getg();
          for (int i = 0; i < repeat(500); ++i) {
            yield();
            if (goid() != mine || rt::getg() != g || g->goid != mine) wrong.fetch_add(1);
          }
        });
      until_alone();
    });
    CHECK(wrong.load() == 0);
  }
}

}  // namespace
}  // namespace newproc::test
