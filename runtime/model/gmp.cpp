// zh: sched 的家：构造、重新构造、数数。
// en: Where sched lives: built, built anew, counted.
#include "model/gmp.hpp"

#include <memory>

namespace newproc::rt {

[[gnu::init_priority(built_first)]] immortal<schedt> storage_of_sched;

void schedreset() {
  const std::uint32_t runs = sched.run;
  std::destroy_at(&sched);
  std::construct_at(&sched);
  sched.run = runs + 1;
}

statistics& statistics::operator+=(const statistics& other) {
  threads += other.threads;
  runs += other.runs;
  wakes += other.wakes;
  useless_wakes += other.useless_wakes;
  parks += other.parks;
  steals += other.steals;
  locks += other.locks;
  return *this;
}

statistics statistics_of(const M& m) {
  return {.threads = 1,
          .runs = m.runs.get(),
          .wakes = m.wakes.get(),
          .useless_wakes = m.useless_wakes.get(),
          .parks = m.parks.get(),
          .steals = m.steals.get()};
}

statistics count_all() {
  const sched_lock_guard hold(sched.lock);
  statistics total = sched.retired;
  for (const M* m = sched.allm; m != nullptr; m = m->alllink) total += statistics_of(*m);
  total.locks = sched.lock.taken();
  return total;
}

}  // namespace newproc::rt
