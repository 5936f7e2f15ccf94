// zh: 61：谁也不能独占本地队列，让全局队列上的人饿死。
// en: 61: no goroutine can keep the local queue to itself and starve those on the global one.
#include <doctest/doctest.h>

#include "death.hpp"
#include "model/current.hpp"
#include "model/gmp.hpp"
#include "newproc/newproc.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

struct relay {
  bool stop = false;
  int turns = 0;
};
constexpr int far_too_many = 5000;

// zh: 每一棒都生下一棒，再生一个陪跑的，把下一棒从 runnext 挤进环里。
// en: Each runner makes the next one and then an idle companion, which kicks it from runnext into
//     the ring.
void by_the_ring(relay* r) {
  if (r->stop || ++r->turns > far_too_many) return;
  go(by_the_ring, r);
  go([] {});
}

void by_runnext(relay* r) {
  if (r->stop || ++r->turns > far_too_many) return;
  go(by_runnext, r);
}

int turns_until_main_runs(void (*runner)(relay*)) {
  relay r;
  run({.procs = 1}, [&r, runner] {
    rt::P* p = rt::getg()->m->p;
    p->schedtick = 1;
    go(runner, &r);
    go(runner, &r);
    yield();  // zh: 主 goroutine 到全局队列 en: main goes to the global queue
    r.stop = true;
    until_alone();
  });
  return r.turns;
}

TEST_CASE("two goroutines that respawn each other by the ring let the global queue have its turn") {
  const int turns = turns_until_main_runs(by_the_ring);
  CHECK(turns > 2);  // zh: 它们先跑了一阵 en: they did run for a while
  CHECK(turns <= 2 * static_cast<int>(rt::global_tick));
}

TEST_CASE("two goroutines that respawn each other by runnext let the global queue have its turn") {
  const int turns = turns_until_main_runs(by_runnext);
  CHECK(turns > 2);
  CHECK(turns < far_too_many);
}

TEST_CASE("a goroutine on the global queue waits for at most 61 ticks") {
  std::uint32_t waited = 0;
  run({.procs = 1}, [&waited] {
    rt::P* p = rt::getg()->m->p;
    for (int i = 0; i < goroutines_at_once(200); ++i) go([] { yield(); });
    const std::uint32_t before = p->schedtick;
    yield();
    waited = p->schedtick - before;
  });
  CHECK(waited <= rt::global_tick + 1);
}

TEST_CASE("goroutines that only yield do not keep sleepers from waking") {
  using namespace std::chrono_literals;
  for (const int procs : {1, 2}) {
    bool woke = false;
    run({.procs = procs}, [&woke] {
      std::atomic<bool> stop{false};
      for (int i = 0; i < 4; ++i)
        go([&stop] {
          while (!stop.load()) yield();
        });
      sleep(1ms);
      woke = true;
      stop.store(true);
      until_alone();
    });
    CHECK(woke);
  }
}

}  // namespace
}  // namespace newproc::test
