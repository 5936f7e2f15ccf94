// zh: 一个主人，一个窃取者，每一种交错。 en: An owner, a thief, every interleaving.
#include "../ledger.hpp"

namespace newproc::exercise {
namespace {

TEST_CASE("an owner puts and gets while a thief steals") {
  scenario s = queues("3 puts, 2 gets, 1 thief", 3);
  s.machine([] {
     for (int i = 0; i < 3; ++i) put(0, i);
     get(0);
     get(0);
   }).machine([] { steal(1, 0); });
  must_be_proved(s);
}

TEST_CASE("the ring overflows while a thief steals") {
  scenario s = queues("6 puts into a ring of 4, 1 thief", 6);
  s.init([] {
     for (int i = 0; i < 4; ++i) put(0, i);
   })
      .machine([] {
        put(0, 4);
        put(0, 5);
        get(0);
      })
      .machine([] { steal(1, 0); });
  must_be_proved(s);
}

TEST_CASE("a slot is used again while a thief reads it") {
  scenario s = queues("a slot used again, 1 thief", 5);
  s.init([] {
     p_at(0)->runqhead.store(0xfffffffeu, order::relaxed);
     p_at(0)->runqtail.store(0xfffffffeu, order::relaxed);
     for (int i = 0; i < 3; ++i) put(0, i);
   })
      .machine([] {
        put(0, 3);
        get(0);
        put(0, 4);
      })
      .machine([] { steal(1, 0); });
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
