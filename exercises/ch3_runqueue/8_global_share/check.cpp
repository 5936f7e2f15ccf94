// zh: 取来的一份刚进环，就有人来偷。 en: The share has hardly come into the ring when a thief comes.
#include "../ledger.hpp"

namespace newproc::exercise {
namespace {

void take(int p, int max) {
  p_at(p)->owner.held();
  const rt::sched_lock_guard hold(rt::sched.lock);
  took(rt::globrunqget(p_at(p), max));
}

scenario in_the_global_queue(const char* title, int n) {
  scenario s = queues(title, n);
  s.init([n] {
    const rt::sched_lock_guard hold(rt::sched.lock);
    for (int i = 0; i < n; ++i) rt::globrunqput(born(i));
  });
  return s;
}

TEST_CASE("a thief steals from the share that was just taken") {
  scenario s = in_the_global_queue("5 in the global queue, 2 shares, 1 thief", 5);
  s.machine([] {
     take(0, 0);
     get(0);
     take(0, 0);
   }).machine([] { steal(1, 0); });
  must_be_proved(s);
}

TEST_CASE("two Ps take their shares and a thief steals") {
  scenario s = in_the_global_queue("4 in the global queue, 2 Ps, 1 thief", 4);
  s.machine([] { take(0, 0); }).machine([] { take(1, 0); }).machine([] { steal(2, 0); });
  must_be_proved(s);
}

}  // namespace
}  // namespace newproc::exercise
