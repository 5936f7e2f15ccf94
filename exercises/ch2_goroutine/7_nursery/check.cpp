// zh: 孩子在别的 M 上结束，正好赶在主人停下的前后。
// en: Children end on another M, just when the owner is about to park.
#include "checked.hpp"
#include "checker/scenarios/whole.hpp"
#include "given.hpp"

namespace newproc::exercise {
namespace {

struct results {
  std::array<os::var<int>, 2> of;
};
results* made = nullptr;

TEST_CASE("the last child ends while the owner parks") {
  scenario s = checker::whole(
      "one child, two Ms", 2,
      [] {
        rt::nursery n;
        n.go([] { checker::here->sign(0); });
        n.wait();
        expect(checker::here->has_run(0), "broken invariant",
               "wait() 返回了，孩子还没有结束 / wait() returned before the child had ended");
        checker::here->sign(1);
      },
      2);
  must_hold(s, {.surprises = 3, .prove = false, .executions = 8'000});
}

TEST_CASE("what the children did is seen after wait") {
  scenario s = checker::whole(
      "two children, two Ms", 2,
      [] {
        rt::nursery n;
        for (std::size_t i = 0; i < 2; ++i) n.go([i] { made->of[i] = 7; });
        n.wait();
        for (auto& result : made->of)
          expect(result == 7, "broken invariant",
                 "wait() 返回了，却看不见孩子做的事 / wait() returned, and what a child did is not "
                 "seen");
      },
      0);
  s.init([] {
    made = new results;
    checker::name(made, "what the children did");
  });
  must_hold(s, {.surprises = 3, .prove = false, .executions = 8'000});
}

}  // namespace
}  // namespace newproc::exercise
