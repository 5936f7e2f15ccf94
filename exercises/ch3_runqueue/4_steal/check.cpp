// zh: 主人在放、在取，别的窃取者也在偷。 en: The owner puts and gets, and other thieves steal too.
#include "../ledger.hpp"

namespace newproc::exercise {
namespace {

TEST_CASE("a thief steals while the owner puts and gets") {
  scenario s = queues("3 puts, 2 gets, 1 thief", 3);
  s.machine([] {
     for (int i = 0; i < 3; ++i) put(0, i);
     get(0);
     get(0);
   }).machine([] { steal(1, 0); });
  must_be_proved(s);
}

TEST_CASE("the owner uses the slots again that a thief has freed") {
  scenario s = queues("2 puts into a full ring of 4, 1 thief", 6);
  s.init([] {
     for (int i = 0; i < 4; ++i) put(0, i);
   })
      .machine([] {
        put(0, 4);
        put(0, 5);
      })
      .machine([] { steal(1, 0); });
  must_be_proved(s);
}

// zh: 主人先取后放，环一刻也没有空过：窃取者争输了，或读到两个时代，都要再来。
// en: The owner gets and then puts, and the ring is never empty: a thief that loses the race, or reads two
//     ages, must try again.
TEST_CASE("a thief does not give up while the ring holds a G") {
  scenario s = queues("2 gets, 2 puts, never empty, 1 thief", 5);
  s.init([] {
     for (int i = 0; i < 3; ++i) put(0, i);
   })
      .machine([] {
        get(0);
        get(0);
        put(0, 3);
        put(0, 4);
      })
      .machine([] {
        if (steal(1, 0) != nullptr) return;
        expect(false, "broken invariant",
               "环一刻也没有空过，runqsteal 却什么也没有拿到 / the ring was never empty, and "
               "runqsteal "
               "returns nothing");
      });
  must_be_proved(s);
}

TEST_CASE("two thieves rob the same victim") {
  scenario s = queues("4 in the ring, 2 thieves", 4);
  s.init([] {
     for (int i = 0; i < 4; ++i) put(0, i);
   })
      .machine([] { steal(1, 0); })
      .machine([] { steal(2, 0); });
  must_be_proved(s);
}

TEST_CASE("a thief is robbed of its loot") {
  scenario s = queues("4 in the ring, 1 thief, 1 who robs the thief", 4);
  s.init([] {
     for (int i = 0; i < 3; ++i) put(0, i);
   })
      .machine([] {
        put(0, 3);
        steal(1, 0);
      })
      .machine([] { steal(2, 1); });
  must_be_proved(s);
}

TEST_CASE("runnext changes hands while a thief wants it") {
  scenario s = queues("runnext, 1 thief", 3);
  s.machine([] {
     put(0, 0, true);
     put(0, 1, true);
     get(0);
     put(0, 2, true);
     get(0);
   }).machine([] { steal(1, 0, true); });
  must_be_proved(s);
}

}  // namespace
}  // namespace newproc::exercise
