// zh: 真线程下的队列：一个主人，三个窃取者，每个 G 恰好被取到一次。
// en: The queues under real threads: one owner, three thieves, and each G is taken exactly once.
#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "support.hpp"
#include "workbench.hpp"

namespace newproc::test {
namespace {

constexpr std::size_t all_goroutines = 100'000;
constexpr int thieves = 3;

struct tally {
  explicit tally(std::size_t n) : gs(n), seen(std::make_unique<std::atomic<int>[]>(n)) {}
  void took(const G* g) {
    seen[static_cast<std::size_t>(gs.index(g))].fetch_add(1, std::memory_order_relaxed);
    taken.fetch_add(1, std::memory_order_relaxed);
  }
  [[nodiscard]] bool done() const { return taken.load(std::memory_order_relaxed) >= gs.size(); }
  [[nodiscard]] bool each_once() const {
    for (std::size_t i = 0; i < gs.size(); ++i)
      if (seen[i].load() != 1) return false;
    return taken.load() == gs.size();
  }

  goroutines gs;
  std::unique_ptr<std::atomic<int>[]> seen;
  std::atomic<std::size_t> taken{0};
};

// zh: 取空自己的队列，再到全局队列取一份。
// en: Empty our own queue, then take a share of the global one.
void consume(P* p, tally& t) {
  while (G* g = get(p).g) t.took(g);
  if (rt::globrunqsize() == 0) return;
  if (G* g = get_global(p, 0)) t.took(g);
}

void thief(P* victim, tally& t, std::uint32_t start) {
  const auto mine = std::make_unique<P>();
  P* p = mine.get();
  start_at(p, start);
  while (!t.done()) {
    consume(p, t);
    if (G* g = steal(p, victim, true)) t.took(g);
  }
}

// zh: 主人一阵一阵地放，一阵长过一个环，所以必有溢出；每阵之后自己也取一些。
// en: The owner puts in bursts, longer than a ring, so that it must overflow; after each it takes a
//     few itself.
void owner(P* p, tally& t, bool next) {
  constexpr std::size_t burst = 400;
  for (std::size_t i = 0; i < t.gs.size(); ++i) {
    put(p, t.gs[i], next && i % 3 != 0);
    if (i % burst != burst - 1) continue;
    for (int n = 0; n < 50; ++n)
      if (G* g = get(p).g) t.took(g);
  }
  while (!t.done()) consume(p, t);
}

void owner_and_thieves(bool next, std::uint32_t start) {
  rt::schedreset();
  rt::sched.gomaxprocs = thieves + 1;
  tally t(all_goroutines);
  const auto mine = std::make_unique<P>();
  P* p = mine.get();
  start_at(p, start);
  std::vector<std::thread> threads;
  for (int i = 0; i < thieves; ++i) threads.emplace_back([&] { thief(p, t, start + 50); });
  owner(p, t, next);
  for (std::thread& thread : threads) thread.join();
  CHECK(t.each_once());
  CHECK(rt::runqempty(p));
}

TEST_CASE("an owner and three thieves take each G exactly once") {
  for (const std::uint32_t start : index_starts) owner_and_thieves(false, start);
}

TEST_CASE("an owner and three thieves take each G exactly once also by way of runnext") {
  for (const std::uint32_t start : index_starts) owner_and_thieves(true, start);
}

TEST_CASE("a single runnext is fought over and still taken once") {
  const std::size_t rounds = static_cast<std::size_t>(repeat(2000));
  rt::schedreset();
  rt::sched.gomaxprocs = 2;
  tally t(rounds);
  const auto mine = std::make_unique<P>();
  P* p = mine.get();
  std::thread other([&] { thief(p, t, 0); });
  for (std::size_t i = 0; i < rounds; ++i) {
    put(p, t.gs[i], true);
    if (G* g = get(p).g) t.took(g);
  }
  while (!t.done()) consume(p, t);
  other.join();
  CHECK(t.each_once());
}

TEST_CASE("runqempty never calls a queue empty that held a G all the while") {
  rt::schedreset();
  goroutines gs(2);
  const auto mine = std::make_unique<P>();
  P* p = mine.get();
  put(p, gs[0], true);
  std::atomic<bool> stop{false};
  std::atomic<int> wrong{0};
  std::thread observer([&] {
    while (!stop.load(std::memory_order_relaxed))
      if (rt::runqempty(p)) wrong.fetch_add(1, std::memory_order_relaxed);
  });
  // zh: 放一个（把旧的从 runnext 挤进环），再取一个：队列里总有一个。
  // en: Put one (the old one moves from runnext to the ring), take one: there is always one in it.
  G* outside = gs[1];
  for (int i = 0; i < repeat(300'000); ++i) {
    put(p, outside, true);
    outside = get(p).g;
  }
  stop.store(true, std::memory_order_relaxed);
  observer.join();
  CHECK(wrong.load() == 0);
}

TEST_CASE("the global queue loses nobody among four threads") {
  rt::schedreset();
  rt::sched.gomaxprocs = 4;
  tally t(static_cast<std::size_t>(repeat(40'000)) / 4 * 4);
  std::vector<std::thread> threads;
  for (std::size_t id = 0; id < 4; ++id)
    threads.emplace_back([&t, id] {
      const auto mine = std::make_unique<P>();
      P* p = mine.get();
      const std::size_t share = t.gs.size() / 4;
      for (std::size_t i = 0; i < share; ++i) {
        put_global(t.gs[id * share + i]);
        if (i % 7 == 0) consume(p, t);
      }
      while (!t.done()) consume(p, t);
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(t.each_once());
}

}  // namespace
}  // namespace newproc::test
