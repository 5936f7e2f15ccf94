#include <doctest/doctest.h>
#include "newproc/newproc.hpp"
namespace newproc::test { namespace {
TEST_CASE("a value goes over") {
  for (int procs : {1, 2, 4}) {
    int sum = 0;
    run({.procs = procs}, [&] {
      auto c = make_chan<int>();
      go([c] { for (int i = 0; i < 1000; ++i) c.send(i); c.close(); });
      for (int v : c) sum += v;
    });
    CHECK(sum == 499500);
  }
}
} }
