// zh: 主 goroutine 造两个，别的 M 正在找活。 en: The main goroutine makes two while another M searches.
#include "checked.hpp"
#include "checker/scenarios/whole.hpp"

namespace newproc::exercise {
namespace {

void sign(int i) {
  expect(newproc::goid() > 1, "broken invariant",
         "它还没有编号就跑起来了 / it ran before it had its number");
  checker::here->sign(i);
}

TEST_CASE("another M takes the new goroutine at any moment") {
  const scenario s = checker::whole(
      "go twice, the other M searches", 2,
      [] {
        newproc::go([] { sign(0); });
        newproc::go([] { sign(1); });
        checker::busy_forever();
      },
      2);
  must_hold(s, {.surprises = 3, .prove = false, .executions = 10'000, .by_priority = 500});
}

}  // namespace
}  // namespace newproc::exercise
