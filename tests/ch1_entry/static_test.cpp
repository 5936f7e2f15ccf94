// zh: 程序的静态初始化里就用运行时。我们的先于库的跑，因为先链接的先跑；所以库不许等到它自己的。
// en: The runtime is used in static initialisers of the program. Ours run before the library's, as
//     what is linked first runs first; so the library must not wait for its own.
#include <doctest/doctest.h>

#include "model/gmp.hpp"
#include "newproc/newproc.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

const int cpus = num_cpu();
const int limit = set_max_threads(123);
const int result = run({.procs = 2}, [] {
  for (int i = 0; i < 100; ++i) go([] { yield(); });
  until_alone();
  return 5;
});
const rt::statistics counted = rt::count_all();

TEST_CASE("num_cpu knows the number of CPUs in a static initialiser") {
  CHECK(cpus >= 1);
  CHECK(cpus == num_cpu());
}

TEST_CASE("what is set in a static initialiser stays set") {
  CHECK(limit == 10'000);
  CHECK(set_max_threads(limit) == 123);
}

TEST_CASE("a run in a static initialiser is a run like any other and its counters remain") {
  CHECK(result == 5);
  CHECK(counted.runs > 100);
  CHECK(rt::count_all().runs == counted.runs);
  CHECK(run([] { return 6; }) == 6);
}

}  // namespace
}  // namespace newproc::test
