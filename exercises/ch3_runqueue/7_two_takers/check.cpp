// zh: 主人取，窃取者偷：每个 G 恰好归一个人。
// en: The owner gets, a thief steals: each G goes to exactly one of them.
#include "ch3_runqueue/runqueue.hpp"
#include "checked.hpp"

namespace newproc::exercise {
namespace {

using checker::p_at;

constexpr int count = 3;
std::array<int, count + 1>* taken = nullptr;

void took(const rt::G* g) {
  if (g != nullptr)
    expect(++(*taken)[static_cast<std::size_t>(g->goid)] == 1, "G run twice",
           "G" + std::to_string(g->goid));
}
bool get(int p) {
  p_at(p)->owner.held();
  const rt::G* g = rt::runqget(p_at(p)).g;
  took(g);
  return g != nullptr;
}

TEST_CASE("an owner who gets and a thief who steals half") {
  scenario s("three Gs in the ring, the owner gets two, a thief steals");
  checker::with_rules(s)
      .init([] {
        checker::empty_world(2);
        taken = new std::array<int, count + 1>{};
        p_at(0)->owner.held();
        for (int i = 1; i <= count; ++i) rt::runqput(p_at(0), checker::made_up_g(i), false);
      })
      .machine([] {
        // zh: 窃取者至多拿走两个，所以第一次一定取得到。
        // en: The thief takes two at most, so the first get must yield one.
        expect(get(0), "broken invariant",
               "环里还有没人拿走的 G，runqget 却说空 / runqget says empty while the ring holds Gs "
               "that "
               "nobody has taken");
        get(0);
      })
      .machine([] {
        p_at(1)->owner.held();
        took(rt::runqsteal(p_at(1), p_at(0), false));
      })
      .at_rest([] {
        for (int p = 0; p < 2; ++p)
          while (get(p)) {
          }
        for (int i = 1; i <= count; ++i)
          expect((*taken)[static_cast<std::size_t>(i)] == 1, "lost G", "G" + std::to_string(i));
      });
  must_be_proved(s);
}

}  // namespace
}  // namespace newproc::exercise
