// zh: 主人放、挤、取，询问者在任何两步之间来问。
// en: The owner puts, kicks out and gets; the questioner asks between any two steps.
#include <array>

#include "ch3_runqueue/runqueue.hpp"
#include "checked.hpp"

namespace newproc::exercise {
namespace {

using checker::made_up_g;
using checker::p_at;

std::array<rt::G*, 4> gs{};

scenario queue(const char* title) {
  scenario s(title);
  checker::with_rules(s).init([] {
    checker::empty_world(2);
    for (std::size_t i = 1; i < gs.size(); ++i) gs[i] = made_up_g(static_cast<int>(i));
  });
  return s;
}

void put(std::size_t i, bool next) {
  p_at(0)->owner.held();
  rt::runqput(p_at(0), gs[i], next);
}
void get() {
  p_at(0)->owner.held();
  rt::runqget(p_at(0));
}
void ask() {
  expect(
      !rt::runqempty(p_at(0)), "broken invariant",
      "runqempty 说空，而队列里一直有 G / runqempty says empty, and there was a G all the while");
}

TEST_CASE("the occupant of runnext is kicked out into the ring") {
  scenario s = queue("put, kick out of runnext, get");
  s.init([] { put(1, true); })
      .machine([] {
        put(2, true);
        get();
      })
      .machine(ask);
  must_be_proved(s);
}

TEST_CASE("a G comes into the ring before the other leaves runnext") {
  scenario s = queue("put behind, get runnext, put, get");
  s.init([] { put(1, true); })
      .machine([] {
        put(2, false);
        get();
        put(3, true);
        get();
      })
      .machine(ask);
  must_be_proved(s);
}

// zh: 环里的一个被偷走，runnext 里的又被挤进环：三个量各自都曾是空的，队列却从来不空。
// en: The one in the ring is stolen, then runnext's is kicked out into the ring: each of the three
//     was empty at some time, and the queue never was.
TEST_CASE("a thief empties the ring before the occupant of runnext is kicked out into it") {
  scenario s = queue("put, a thief steals, put, get");
  s.init([] { put(1, false); })
      .machine([] {
        put(2, true);
        p_at(1)->owner.held();
        rt::runqsteal(p_at(1), p_at(0), false);
        put(3, true);
        get();
      })
      .machine(ask);
  must_be_proved(s);
}

}  // namespace
}  // namespace newproc::exercise
