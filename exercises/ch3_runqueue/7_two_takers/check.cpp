// zh: 主人取，窃取者偷：每个 G 恰好归一个人。
// en: The owner gets, a thief steals: each G goes to exactly one of them.
#include "checked.hpp"
#include "ring.hpp"

namespace newproc::exercise {
namespace {

using checker::p_at;

constexpr int most = 2;
std::array<int, most + 1>* taken = nullptr;
std::array<rt::G*, most + 1> gs{};

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
void steal() {
  p_at(1)->owner.held();
  took(rt::runqsteal(p_at(1), p_at(0), true));
}

// zh: G1 住在 runnext，环是空的。 en: G1 lives in runnext, and the ring is empty.
scenario one_in_runnext(const char* title, int count) {
  scenario s(title);
  checker::with_rules(s)
      .init([count] {
        checker::empty_world(2);
        taken = new std::array<int, most + 1>{};
        for (int i = 1; i <= count; ++i) gs[static_cast<std::size_t>(i)] = checker::made_up_g(i);
        p_at(0)->owner.held();
        rt::runqput(p_at(0), gs[1], true);
      })
      .at_rest([count] {
        for (int p = 0; p < 2; ++p)
          while (get(p)) {
          }
        for (int i = 1; i <= count; ++i)
          expect((*taken)[static_cast<std::size_t>(i)] == 1, "lost G", "G" + std::to_string(i));
      });
  return s;
}

TEST_CASE("an owner who gets and a thief who wants runnext") {
  scenario s = one_in_runnext("one G in runnext, the owner gets, a thief steals", 1);
  s.machine([] { get(0); }).machine(steal);
  must_be_proved(s);
}

TEST_CASE("another G comes into the ring just before") {
  scenario s =
      one_in_runnext("one G in runnext, the owner puts another and gets two, a thief steals", 2);
  s.machine([] {
     p_at(0)->owner.held();
     rt::runqput(p_at(0), gs[2], false);
     // zh: 窃取者至多拿走一个，所以第一次一定取得到。
     // en: The thief takes one at most, so the first get must yield one.
     expect(
         get(0), "broken invariant",
         "环里还有没人拿走的 G，runqget 却说空 / runqget says empty while the ring holds a G that "
         "nobody has taken");
     get(0);
   }).machine(steal);
  must_be_proved(s);
}

}  // namespace
}  // namespace newproc::exercise
