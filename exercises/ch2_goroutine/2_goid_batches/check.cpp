// zh: 三个 P 同时领号，每一种交错。 en: Three Ps buy at once, in every interleaving.
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"
#include "checked.hpp"

namespace newproc::exercise {
namespace {

using checker::empty_world;
using checker::p_at;

std::array<int, 32>* given = nullptr;

void take(int p) {
  p_at(p)->owner.held();
  for (int i = 0; i < 3; ++i) {
    const std::int64_t got = rt::next_goid(p_at(p));
    expect(got >= 1 && got < 32, "broken invariant", "编号越界了 / a number is out of range");
    expect(++(*given)[static_cast<std::size_t>(got)] == 1, "broken invariant",
           "同一个编号发出了两次 / a number was given twice");
  }
}

TEST_CASE("three Ps buy at the same time") {
  scenario s("three Ps");
  checker::with_rules(s).init([] {
    empty_world(3);
    given = new std::array<int, 32>{};
  });
  for (int p = 0; p < 3; ++p) s.machine([p] { take(p); });
  must_be_proved(s);
}

}  // namespace
}  // namespace newproc::exercise
