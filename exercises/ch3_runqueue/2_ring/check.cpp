// zh: 一个主人，一个窃取者，或一个只看的人；每一种交错。
// en: An owner, and a thief or one who just looks; every interleaving.
#include "../ledger.hpp"

namespace newproc::exercise {
namespace {

// zh: 准备睡下的 M 问：第 0 个 P 的队列空吗？其实它一刻也没有空过。
// en: An M about to sleep asks whether the queue of P0 is empty. In truth it never was.
void look() {
  expect(!rt::runqempty(p_at(0)), "broken invariant",
         "队列一刻也没有空过，runqempty 却说空：它看见取走的，看不见先前放进环的 / the queue was "
         "never "
         "empty, and runqempty says that it is: it sees what was taken, and not what had been put "
         "into "
         "the ring before");
}

TEST_CASE("an owner puts and gets while a thief steals") {
  scenario s = queues("3 puts, 2 gets, 1 thief", 3);
  s.machine([] {
     for (int i = 0; i < 3; ++i) put(0, i);
     get_one(0);  // zh: 窃取者至多拿走两个 en: a thief takes two at most
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

// zh: 窃取者要的是 runnext，主人也要；输了的主人，环里还有一个。
// en: A thief wants runnext, and so does the owner; if the owner loses there is one more in the ring.
TEST_CASE("the owner loses runnext to a thief and turns to the ring") {
  scenario s = queues("one in runnext, one put into the ring, 2 gets, 1 thief", 2);
  s.init([] { put(0, 0, true); })
      .machine([] {
        put(0, 1);
        const rt::next_g got = get_one(0);
        expect(
            got.inheritTime == (got.g == book->gs[0]), "broken invariant",
            got.inheritTime
                ? "从环里取到的，inheritTime 却是真 / taken from the ring, and inheritTime is true"
                : "从 runnext 取到的，inheritTime 却是假 / taken from runnext, and inheritTime is "
                  "false");
        get(0);
      })
      .machine([] { steal(1, 0, true); });
  must_be_proved(s);
}

TEST_CASE("the newcomer keeps runnext though the ring is full and a thief is faster") {
  scenario s = queues("runnext for a full ring, 1 thief", 6);
  s.init([] {
     for (int i = 0; i < 4; ++i) put(0, i);
     put(0, 4, true);
   })
      .machine([] {
        put(0, 5, true);
        expect(p_at(0)->runnext.load(order::relaxed) == book->gs[5], "broken invariant",
               "带 next 放进来的 G6 不在 runnext 里 / G6 was put with next, and is not in runnext");
      })
      .machine([] { steal(1, 0); });
  must_be_proved(s);
}

TEST_CASE("who looks sees one that has moved from runnext to the ring") {
  scenario s = queues("2 puts into runnext, 1 get, 1 look", 2);
  s.init([] { put(0, 0, true); })
      .machine([] {
        put(0, 1, true);
        get(0);
      })
      .machine(look);
  must_be_proved(s);
}

TEST_CASE("who looks sees what was put before the head moved") {
  scenario s = queues("2 puts into the ring, 1 get, 1 look", 2);
  s.init([] { put(0, 0); })
      .machine([] {
        put(0, 1);
        get(0);
      })
      .machine(look);
  must_be_proved(s);
}

}  // namespace
}  // namespace newproc::exercise
