// zh: 两个 P 各自生、各自死，有人在数还活着的。检查器的世界里，64 是 4，32 是 2。
// en: Two Ps create and finish, and somebody counts the living. In the checker's world 64 is 4,
//     and 32 is 2.
#include "ch2_goroutine/goroutine.hpp"
#include "checked.hpp"

namespace newproc::exercise {
namespace {

using checker::p_at;
using rt::G;
using rt::sched;

struct nursery {
  std::array<os::var<int>, 8> held;
  os::var<int> work = 0;
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
  os::var<int>& mark = room->held[static_cast<std::size_t>(g->goid)];
  mark = mark + 1;
  expect(mark == 1, "broken invariant",
         "一个死去的 G 发给了两个人 / a dead G was handed out twice");
}

G* registered(int i) NO_THREAD_SAFETY_ANALYSIS {
  G* g = checker::made_up_g(i);
  g->atomicstatus.store(rt::Gdead, os::order::relaxed);
  return g;
}

scenario two_ps(const char* title) {
  scenario s(title);
  checker::with_rules(s).init([] {
    checker::empty_world(2);
    room = new nursery;
    checker::name(&room->work, "what the goroutine did");
  });
  return s;
}

TEST_CASE("no dead G is handed out twice") {
  scenario s = two_ps("two Ps put and take");
  s.init([]() NO_THREAD_SAFETY_ANALYSIS {
     for (int i = 0; i < 2; ++i) sched.gFree.items.push_back(registered(i));
     sched.gFree.n.store(2, os::order::relaxed);
   })
      .machine([] {
        for (int i = 2; i < 6; ++i) put(0, registered(i));
        take(0);
      })
      .machine([] {
        for (int i = 0; i < 3; ++i) take(1);
      });
  must_be_proved(s);
}

// zh: 七个登记了的 G，四个要死，三个一直活着：任何时刻数出来的都不能少于三个。
// en: Seven registered Gs: four are about to die, three live all the while; whenever they are
//     counted there must not be fewer than three.
TEST_CASE("who counts the living counts nobody as dead twice") {
  scenario s = two_ps("four die, somebody counts");
  static std::array<G*, 4> dying;
  s.init([] {
     for (int i = 0; i < 3; ++i) checker::made_up_g(4 + i);
     for (int i = 0; i < 4; ++i) dying[static_cast<std::size_t>(i)] = checker::made_up_g(i);
   })
      .machine([] {
        for (G* g : dying) put(0, g);
      })
      .machine([] {
        expect(rt::gcount() >= 3, "broken invariant",
               "三个一直活着，数出来却更少：搬家中的 G 被数了两次 / three live all the while and "
               "fewer were counted: Gs on the move were counted twice");
      });
  must_be_proved(s);
}

TEST_CASE("who counts a G as dead sees what it did") {
  scenario s = two_ps("one dies, somebody counts and looks");
  static G* dying = nullptr;
  s.init([] {
     checker::made_up_g(1);
     dying = checker::made_up_g(0);
   })
      .machine([] {
        room->work = 7;
        put(0, dying);
      })
      .machine([] {
        if (rt::gcount() == 1)
          expect(room->work == 7, "broken invariant",
                 "数到它已经死了，却看不见它做过的事 / it was counted as dead, and what it did is "
                 "not seen");
      });
  must_be_proved(s);
}

// zh: 死了两个，又取走一个：数的人读到的个数，是取的时候写的。
// en: Two die and one is taken again: the count that is read was written by the taking.
TEST_CASE("who counts a G as dead sees what it did, after another was taken too") {
  scenario s = two_ps("two die, one is taken, somebody counts and looks");
  static std::array<G*, 2> dying;
  s.init([] {
     checker::made_up_g(2);
     for (int i = 0; i < 2; ++i) dying[static_cast<std::size_t>(i)] = checker::made_up_g(i);
   })
      .machine([] {
        room->work = 7;
        for (G* g : dying) put(0, g);
        take(0);
      })
      .machine([] {
        if (rt::gcount() <= 2)
          expect(room->work == 7, "broken invariant",
                 "数到它已经死了，却看不见它做过的事 / it was counted as dead, and what it did is "
                 "not seen");
      });
  must_be_proved(s);
}

}  // namespace
}  // namespace newproc::exercise
