// zh: 主人取，窃取者偷：每个 G 恰好归一个人。还有一个只看不取的人，不许被骗。
// en: The owner gets, a thief steals: each G goes to exactly one of them. And one who only looks must not
//     be deceived.
#include "checked.hpp"
#include "ring.hpp"

namespace newproc::exercise {
namespace {

using checker::p_at;

constexpr int most = 2;
std::array<int, most + 1>* taken = nullptr;
std::array<rt::G*, most + 1> gs{};
const rt::G* lodger = nullptr;  // zh: 最后住进 runnext 的 en: the last that moved into runnext

void took(const rt::G* g) {
  if (g != nullptr)
    expect(++(*taken)[static_cast<std::size_t>(g->goid)] == 1, "G run twice",
           "G" + std::to_string(g->goid));
}
void put(int i, bool next) {
  rt::G* g = gs[static_cast<std::size_t>(i)];
  if (next) lodger = g;
  p_at(0)->owner.held();
  rt::runqput(p_at(0), g, next);
}
bool get(int p) {
  p_at(p)->owner.held();
  const rt::next_g got = rt::runqget(p_at(p));
  took(got.g);
  if (got.g != nullptr && p == 0)
    expect(
        got.inheritTime == (got.g == lodger), "broken invariant",
        got.g == lodger
            ? "从 runnext 取到的，inheritTime 却是假 / taken from runnext, and inheritTime is false"
            : "从环里取到的，inheritTime 却是真 / taken from the ring, and inheritTime is true");
  return got.g != nullptr;
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
        put(1, true);
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
     put(2, false);
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

// zh: 准备睡下的 M 看一眼别人的队列。G1 从头到尾都在里面：先在 runnext，后在环里。
// en: An M about to sleep looks at another's queue. G1 is in there all the time: first in runnext, then in
//     the ring.
TEST_CASE("who looks whether the queue is empty is not deceived") {
  scenario s = one_in_runnext("the owner puts another into runnext and gets it, one looks", 2);
  s.machine([] {
     put(2, true);
     get(0);
   }).machine([] {
    expect(
        !rt::runqempty(p_at(0)), "broken invariant",
        "G1 一直在队列里，runqempty 却说空：它看见 runnext 已清空，看不见先前挤进环里的 G1 / G1 "
        "was in "
        "the queue all the time, and runqempty says empty: it sees runnext cleared, and not that "
        "G1 was moved to the ring before");
  });
  must_be_proved(s);
}

}  // namespace
}  // namespace newproc::exercise
