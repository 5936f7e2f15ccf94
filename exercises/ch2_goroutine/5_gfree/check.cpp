// zh: 两个 P 各自生、各自死。检查器的世界里，64 是 4，32 是 2。
// en: Two Ps create and finish. In the checker's world 64 is 4, and 32 is 2.
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"
#include "checked.hpp"

namespace newproc::exercise {
namespace {

using checker::p_at;
using rt::G;
using rt::sched;

struct nursery {
  std::array<os::atomic<int>, 8> held;
};
nursery* room = nullptr;

void put(int p, G* g) {
  p_at(p)->owner.held();
  rt::gfput(p_at(p), g);
}
void take(int p) {
  p_at(p)->owner.held();
  const G* g = rt::gfget(p_at(p));
  if (g == nullptr) return;
  const int before = room->held[static_cast<std::size_t>(g->goid)].fetch_add(1, os::order::relaxed);
  expect(before == 0, "broken invariant",
         "一个死去的 G 发给了两个人 / a dead G was handed out twice");
}

G* registered(int i) NO_THREAD_SAFETY_ANALYSIS {
  G* g = checker::made_up_g(i);
  g->atomicstatus.store(rt::Gdead, os::order::relaxed);
  return g;
}

TEST_CASE("no dead G is handed out twice") {
  scenario s("two Ps put and take");
  checker::with_rules(s)
      .init([]() NO_THREAD_SAFETY_ANALYSIS {
        checker::empty_world(2);
        room = new nursery;
        for (int i = 0; i < 2; ++i) sched.gFree.items.push_back(registered(i));
        sched.gFree.n.store(2, os::order::relaxed);
      })
      .machine([] {
        take(0);
        for (int i = 2; i < 5; ++i) put(0, registered(i));
        take(0);
      })
      .machine([] {
        for (int i = 0; i < 3; ++i) take(1);
      });
  must_be_proved(s);
}

// zh: 一个往全局表里挪，另一个从那里补：没有锁，一个写下的计数就盖掉另一个的。
// en: One moves some to the global list while the other refills from it: without the lock the count that one
//     writes covers the other's.
TEST_CASE("the global list and its count agree when nobody is at work") {
  scenario s("one moves Gs away, another refills");
  checker::with_rules(s)
      .init([]() NO_THREAD_SAFETY_ANALYSIS {
        checker::empty_world(2);
        room = new nursery;
        sched.gFree.items.push_back(registered(0));
        sched.gFree.n.store(1, os::order::relaxed);
      })
      .machine([] {
        for (int i = 1; i < 5; ++i) put(0, registered(i));
      })
      .machine([] { take(1); })
      .at_rest([]() NO_THREAD_SAFETY_ANALYSIS {
        const auto n = static_cast<std::size_t>(sched.gFree.n.load(os::order::relaxed));
        expect(n == sched.gFree.items.size(), "broken invariant",
               "全局表里有几个，与 sched.gFree.n 说的不一样 / the global list does not have as "
               "many as sched.gFree.n says");
      });
  must_be_proved(s);
}

}  // namespace
}  // namespace newproc::exercise
