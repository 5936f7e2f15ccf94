// zh: 看见新状态的人，也要看见在那之前写下的一切。
// en: Who sees the new status must see all that was written before it, too.
#include "ch2_goroutine/goroutine.hpp"
#include "checked.hpp"

namespace newproc::exercise {
namespace {

struct world {
  rt::G g;
  os::var<int> field = 0;
};
world* w = nullptr;

TEST_CASE("what was written before the change is seen with it") {
  scenario s("fill in, then change the status");
  checker::with_rules(s).init([] {
    checker::empty_world(1);
    w = new world;
    w->g.atomicstatus.store(rt::Gdead, os::order::relaxed);
    checker::name(&w->g.atomicstatus, "status");
    checker::name(&w->field, "a field written before the change");
  });
  s.machine([] {
     w->field = 7;
     rt::casgstatus(&w->g, rt::Gdead, rt::Grunnable);
   }).machine([] {
    if (w->g.atomicstatus.load(os::order::acquire) == rt::Grunnable)
      expect(
          w->field == 7, "broken invariant",
          "看见了新状态，却没有看见之前写的 / sees the new status and not what was written before");
  });
  must_be_proved(s);
}

}  // namespace
}  // namespace newproc::exercise
