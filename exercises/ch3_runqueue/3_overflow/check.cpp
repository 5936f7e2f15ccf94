// zh: 溢出的同时有人在偷。 en: A thief steals during the overflow.
#include "../ledger.hpp"

namespace newproc::exercise {
namespace {

scenario full(const char* title) {
  scenario s = queues(title, 6);
  s.init([] {
    for (int i = 0; i < 4; ++i) put(0, i);
  });
  return s;
}

TEST_CASE("a full ring overflows while a thief steals") {
  scenario s = full("2 puts into a full ring of 4, 1 thief");
  s.machine([] {
     put(0, 4);
     put(0, 5);
     get(0);
   }).machine([] { steal(1, 0); });
  must_be_proved(s);
}

TEST_CASE("a full ring overflows while two Ps take from the global queue and steal") {
  scenario s = full("1 put into a full ring of 4, 1 thief, 1 who takes from the global queue");
  s.machine([] { put(0, 4); })
      .machine([] { steal(1, 0); })
      .machine([] {
        p_at(2)->owner.held();
        const rt::sched_lock_guard hold(rt::sched.lock);
        took(rt::globrunqget(p_at(2), 1));
      })
      .init([] {
        // zh: 第六个不参加 en: the sixth does not take part
        took(born(5));
      });
  must_be_proved(s);
}

}  // namespace
}  // namespace newproc::exercise
