// zh: 在真的平台上领号。 en: Numbers on the real platform.
#include <set>

#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"
#include "exercise.hpp"

namespace newproc::exercise {
namespace {

using rt::P;
using rt::sched;
constexpr std::int64_t batch = rt::goid_batch;

std::int64_t next(P& p) {
  p.owner.held();
  return rt::next_goid(&p);
}

TEST_CASE("one P's numbers are 1, 2, 3, ...") {
  rt::schedreset();
  P p;
  for (std::int64_t wanted = 1; wanted <= 3 * batch; ++wanted) {
    const std::int64_t got = next(p);
    if (wanted == 1)
      must(got == 1,
           words{"第一个编号必须是 1，你给的是 ", "the first number must be 1, and yours is "} +
               got);
    must(got == wanted, words{"一个 P 独自领号，这次该是 ", "alone, a P must get "} + wanted +
                            words{"，你给的是 ", " now, and you gave "} + got);
  }
}

TEST_CASE("numbers are bought sixteen at a time") {
  rt::schedreset();
  P p;
  for (std::int64_t i = 0; i < batch; ++i) next(p);
  const auto taken = static_cast<std::int64_t>(sched.goidgen.load());
  must(taken == batch, words{"发了 16 个号，全局计数器该领走 16 个，却领走了 ",
                             "after 16 numbers, 16 must be taken from the global counter, and "
                             "it says "} +
                           taken);
  next(p);
  const auto more = static_cast<std::int64_t>(sched.goidgen.load());
  must(more == 2 * batch, words{"第 17 个号要再领一批，共 32 个，却领走了 ",
                                "the 17th number buys a second batch, 32 in all, and the counter "
                                "says "} +
                              more);
}

TEST_CASE("two Ps in turn never share a number") {
  rt::schedreset();
  P one, two;
  std::set<std::int64_t> seen;
  for (int i = 0; i < 100; ++i)
    for (P* p : {&one, &two}) {
      const std::int64_t got = next(*p);
      must(seen.insert(got).second,
           words{"两个 P 轮流领号，发出了两次的是 ", "two Ps in turn, and given twice is "} + got);
    }
}

}  // namespace
}  // namespace newproc::exercise
