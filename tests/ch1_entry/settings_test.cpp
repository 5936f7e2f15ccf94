// zh: 旋钮：GOMAXPROCS 与 gomaxprocs。设过的收不回来，所以每一问都在子进程里。
// en: The knobs: GOMAXPROCS and gomaxprocs. What is set stays set, so each question has its own
//     child.
#include <doctest/doctest.h>
#include <sched.h>

#include <cstdlib>

#include "death.hpp"
#include "newproc/newproc.hpp"
#include "os/cpu.hpp"

namespace newproc::test {
namespace {

// zh: 在这样的环境里，run 有几个 P。 en: How many Ps run has in this environment.
int procs_with(const char* gomaxprocs_value) {
  return in_child([gomaxprocs_value] {
           if (gomaxprocs_value == nullptr)
             ::unsetenv("GOMAXPROCS");
           else
             ::setenv("GOMAXPROCS", gomaxprocs_value, 1);
           return run([] { return gomaxprocs(); });
         })
      .exit_code;
}

TEST_CASE("GOMAXPROCS decides the number of Ps") {
  CHECK(procs_with("1") == 1);
  CHECK(procs_with("3") == 3);
}

TEST_CASE("a GOMAXPROCS that does not parse is ignored") {
  const int usual = procs_with(nullptr);
  CHECK(usual >= 1);
  for (const char* value : {"", "0", "-3", "3x", " 3", "x", "99999999999999999999", "1.5"}) {
    CAPTURE(value);
    CHECK(procs_with(value) == usual);
  }
}

TEST_CASE("gomaxprocs returns the previous value and beats the environment") {
  const ending e = in_child([] {
    ::setenv("GOMAXPROCS", "3", 1);
    if (gomaxprocs(5) != 3) return 1;
    if (gomaxprocs() != 5) return 2;
    if (gomaxprocs(-1) != 5 || gomaxprocs(0) != 5) return 3;
    return run([] { return gomaxprocs() == 5 ? 0 : 4; });
  });
  CHECK(e.exit_code == 0);
  CHECK(e.error.empty());
}

TEST_CASE("of several calls of gomaxprocs during a run the last one counts") {
  const ending e = in_child([] {
    run({.procs = 2}, [] {
      gomaxprocs(8);
      gomaxprocs(2);
    });
    return gomaxprocs() == 2 ? 0 : 1;
  });
  CHECK(e.exit_code == 0);
}

TEST_CASE("num_cpu is what it was when the process started") {
  const int at_start = os::affinity_cpus();
  const ending e = in_child([at_start] {
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(static_cast<unsigned>(::sched_getcpu()), &one);
    if (::sched_setaffinity(0, sizeof one, &one) != 0) return 1;
    return num_cpu() == at_start ? 0 : 2;
  });
  CHECK(e.exit_code == 0);
}

TEST_CASE("options beat gomaxprocs") {
  const ending e = in_child([] {
    gomaxprocs(5);
    return run({.procs = 2}, [] { return gomaxprocs() == 2 ? 0 : 1; });
  });
  CHECK(e.exit_code == 0);
}

TEST_CASE("more than 1024 Ps are capped and it is told once") {
  const ending e = in_child([] {
    gomaxprocs(2000);
    gomaxprocs(3000);
    return gomaxprocs() == 1024 ? 0 : 1;
  });
  CHECK(e.exit_code == 0);
  CHECK(e.error == "newproc: GOMAXPROCS 上限是 1024\nnewproc: GOMAXPROCS is capped at 1024\n");
}

}  // namespace
}  // namespace newproc::test
