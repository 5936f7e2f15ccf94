// zh: 主人和窃取者在最后一个 G 上相遇。 en: Owner and thieves meet at the last G.
#include "given.hpp"

#include "../ledger.hpp"

namespace newproc::exercise {
namespace {

/// zh: 主人的 schedtick；1 取最新的，0 取最老的。
/// en: The owner's schedtick: 1 takes the newest, 0 the oldest.
void tick(std::uint32_t t) { p_at(0)->schedtick = t; }

TEST_CASE("one G, and the owner and a thief both want it") {
  scenario s = queues("1 in the ring, 1 get, 1 thief", 1);
  s.init([] {
     tick(1);
     put(0, 0);
   })
      .machine([] { get(0); })
      .machine([] { steal(1, 0); });
  must_be_proved(s);
}

TEST_CASE("the owner takes the newest of two while two thieves steal") {
  scenario s = queues("2 in the ring, 1 get, 2 thieves", 2);
  s.init([] {
     tick(1);
     put(0, 0);
     put(0, 1);
   })
      .machine([] { get(0); })
      .machine([] { steal(1, 0); })
      .machine([] { steal(2, 0); });
  must_hold(s, {.surprises = 4, .prove = false, .executions = 20'000});
}

TEST_CASE("what the owner puts after a get is seen by a thief") {
  scenario s = queues("put, put, get, put, 1 thief", 3);
  s.init([] { tick(1); })
      .machine([] {
        put(0, 0);
        put(0, 1);
        get(0);
        put(0, 2);
      })
      .machine([] { steal(1, 0); });
  must_hold(s, {.surprises = 3});
}

TEST_CASE("the owner takes the oldest while a thief does too") {
  scenario s = queues("2 in the ring, the oldest, the newest, 1 thief", 2);
  s.init([] {
     put(0, 0);
     put(0, 1);
   })
      .machine([] {
        tick(0);
        get(0);
        tick(1);
        get(0);
      })
      .machine([] { steal(1, 0); });
  must_hold(s, {.surprises = 3});
}

TEST_CASE("runnext changes hands while a thief wants it") {
  scenario s = queues("runnext, 1 thief", 2);
  s.init([] { tick(1); })
      .machine([] {
        put(0, 0, true);
        put(0, 1, true);
        get(0);
        get(0);
      })
      .machine([] { steal(1, 0, true); });
  must_hold(s, {.surprises = 3});
}

TEST_CASE("runqempty still never overlooks a G") {
  scenario s = queues("put, get, 1 who asks", 2);
  s.init([] {
     tick(1);
     put(0, 0);
   })
      .machine([] {
        put(0, 1);
        get(0);
      })
      .machine([] {
        expect(!rt::runqempty(p_at(0)), "broken invariant",
               "队列里一直有 G1，runqempty 却说空 / runqempty says empty, and G1 was there all the "
               "while");
      });
  must_be_proved(s);
}

}  // namespace
}  // namespace newproc::exercise
