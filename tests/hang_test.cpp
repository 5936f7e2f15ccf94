// zh: 故意停住的测试：看门的要说出它来。 en: A test that hangs on purpose: the watchdog must tell of it.
#include <doctest/doctest.h>

#include "newproc/newproc.hpp"

namespace newproc::test {
namespace {

TEST_CASE("hangs on purpose") {
  run({.procs = 2}, [] {
    go([] { sleep(std::chrono::hours(1)); });
    for (volatile bool forever = true; forever;) {
    }
  });
}

}  // namespace
}  // namespace newproc::test
