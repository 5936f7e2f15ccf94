// zh: 主人放、挤、取，询问者在任何两步之间来问。
// en: The owner puts, kicks out and gets; the questioner asks between any two steps.
#include "ch3_runqueue/runqueue.hpp"
#include "checked.hpp"

namespace newproc::exercise {
namespace {

using checker::made_up_g;
using checker::p_at;

scenario queue(const char* title) {
  scenario s(title);
  checker::with_rules(s).init([] { checker::empty_world(2); });
  return s;
}

void put(rt::G* g, bool next) {
  p_at(0)->owner.held();
  rt::runqput(p_at(0), g, next);
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
  s.init([] { put(made_up_g(1), true); })
      .machine([] {
        put(made_up_g(2), true);
        get();
      })
      .machine(ask);
  must_be_proved(s);
}

TEST_CASE("a G comes into the ring before the other leaves runnext") {
  scenario s = queue("put behind, get runnext, put, get");
  s.init([] { put(made_up_g(1), true); })
      .machine([] {
        put(made_up_g(2), false);
        get();
        put(made_up_g(3), true);
        get();
      })
      .machine(ask);
  must_be_proved(s);
}

}  // namespace
}  // namespace newproc::exercise
