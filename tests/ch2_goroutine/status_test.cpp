// zh: 状态机：每条合法的边走得通，每条别的边都立刻停下，说出原因。
// en: The state machine: every legal edge works, and every other stops at once and says why.
#include <doctest/doctest.h>

#include <memory>
#include <set>
#include <utility>

#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"
#include "death.hpp"

namespace newproc::test {
namespace {

using namespace rt;

constexpr gstatus all_statuses[] = {Gidle, Grunnable, Grunning, Gsyscall, Gwaiting, Gdead};
const std::set<std::pair<gstatus, gstatus>> legal_edges = {
    {Gidle, Gdead},        {Gdead, Grunnable},    {Grunnable, Grunning}, {Grunning, Grunnable},
    {Grunning, Gwaiting},  {Gwaiting, Grunnable}, {Grunning, Gsyscall},  {Gsyscall, Grunning},
    {Gsyscall, Grunnable}, {Grunning, Gdead},
};

TEST_CASE("the numbers of the statuses are those of Go") {
  CHECK(Gidle == 0);
  CHECK(Grunnable == 1);
  CHECK(Grunning == 2);
  CHECK(Gsyscall == 3);
  CHECK(Gwaiting == 4);
  CHECK(Gdead == 6);
}

TEST_CASE("a G may walk every legal edge") {
  for (const auto& [from, next] : legal_edges) {
    const auto g = std::make_unique<G>();
    g->atomicstatus.store(from);
    casgstatus(g.get(), from, next);
    CHECK(g->status() == next);
  }
}

// zh: release 构建不检查它们。 en: The release build does not check these.
#if defined(NEWPROC_CHECKED)
TEST_CASE("every other edge is fatal") {
  for (const gstatus from : all_statuses)
    for (const gstatus next : all_statuses) {
      if (legal_edges.contains({from, next})) continue;
      CAPTURE(from);
      CAPTURE(next);
      const ending e = in_child([from, next] {
        const auto g = std::make_unique<G>();
        g->atomicstatus.store(from);
        casgstatus(g.get(), from, next);
      });
      CHECK(e.exit_code == 2);
      CHECK(e.error == "fatal error: casgstatus: bad status transition\n");
    }
}

TEST_CASE("readying a G twice is fatal") {
  const ending e = in_child([] {
    const auto g = std::make_unique<G>();
    g->atomicstatus.store(Gwaiting);
    casgstatus(g.get(), Gwaiting, Grunnable);
    casgstatus(g.get(), Gwaiting, Grunnable);
  });
  CHECK(e.exit_code == 2);
  CHECK(e.error == "fatal error: casgstatus: double ready\n");
}

TEST_CASE("a G that is not in the expected status is fatal") {
  const ending e = in_child([] {
    const auto g = std::make_unique<G>();
    g->atomicstatus.store(Gdead);
    casgstatus(g.get(), Grunnable, Grunning);
  });
  CHECK(e.exit_code == 2);
  CHECK(e.error == "fatal error: casgstatus: the goroutine is not in the expected status\n");
}
#endif

TEST_CASE("a G that is not initialised must not be published") {
  const ending e = in_child([] {
    const auto g = std::make_unique<G>();
    allgadd(g.get());
  });
  CHECK(e.exit_code == 2);
  CHECK(e.error == "fatal error: allgadd: bad status Gidle\n");
}

}  // namespace
}  // namespace newproc::test
