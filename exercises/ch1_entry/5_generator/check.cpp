// zh: 结尾是唯一经过队列的一步：另一个 M 可能在 body 的 goroutine 死透之前就偷走消费者。
// en: The end is the one step that goes through the queue: another M may steal the consumer before
//     body's goroutine is quite dead.
#include "checked.hpp"
#include "checker/scenarios/whole.hpp"
#include "given.hpp"

namespace newproc::exercise {
namespace {

void all_values(std::int64_t n) {
  rt::generator g([n](rt::generator& self) {
    for (std::int64_t i = 1; i <= n; ++i) self.give(i);
  });
  std::int64_t value = 0, seen = 0;
  while (g.next(value))
    expect(value == ++seen, "broken invariant", "值的次序不对 / the values are out of order");
  expect(seen == n, "broken invariant",
         "body 结束得太早或太晚 / the body has ended too early or too late");
  expect(!g.next(value), "broken invariant",
         "body 已经结束，next() 却还说有 / the body has ended, and next() says that there is more");
}

TEST_CASE("the end of the body, and a second M that looks for work") {
  const scenario s = checker::whole(
      "generator, two Ms", 2,
      [] {
        newproc::go([] { checker::here->sign(0); });
        all_values(2);
        checker::here->sign(1);
        while (!checker::here->has_run(0)) newproc::yield();
      },
      2);
  must_hold(s, {.surprises = 3, .prove = false, .executions = 8'000});
}

TEST_CASE("dropped in the middle, and a second M that looks for work") {
  const scenario s = checker::whole(
      "generator dropped, two Ms", 2,
      [] {
        newproc::go([] { checker::here->sign(0); });
        {
          rt::generator g([](rt::generator& self) {
            self.give(1);
            self.give(2);
          });
          std::int64_t value = 0;
          g.next(value);
        }
        checker::here->sign(1);
        while (!checker::here->has_run(0)) newproc::yield();
      },
      2);
  must_hold(s, {.surprises = 3, .prove = false, .executions = 8'000});
}

}  // namespace
}  // namespace newproc::exercise
