// zh: 死去的 G 的缓存（64/32），和 goid 的区间（16）。
// en: The cache of dead Gs (64/32) and the goid ranges (16).
#include <doctest/doctest.h>

#include <atomic>
#include <memory>
#include <set>
#include <thread>
#include <vector>

#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

using rt::G;
using rt::P;

class gfree_bench {
  std::unique_ptr<P> first_ = std::make_unique<P>();
  std::unique_ptr<P> second_ = std::make_unique<P>();

 public:
  gfree_bench() { rt::schedreset(); }

  static void put(P* p, G* g) {
    p->owner.held();
    rt::gfput(p, g);
  }
  static G* get(P* p) {
    p->owner.held();
    return rt::gfget(p);
  }
  static std::int64_t goid(P* p) {
    p->owner.held();
    return rt::next_goid(p);
  }
  static int local(const P* p) { return p->gfree.n; }
  static int global() { return rt::sched.gFree.n.load(); }

  P* p = first_.get();
  P* other = second_.get();
  static constexpr int n = 200;
  std::unique_ptr<G[]> gs = std::make_unique<G[]>(n);
};

TEST_CASE_FIXTURE(gfree_bench, "with no dead G anywhere gfget yields nothing") {
  CHECK(get(p) == nullptr);
  CHECK(local(p) == 0);
}

TEST_CASE_FIXTURE(gfree_bench, "63 dead Gs stay with the P and the 64th moves 33 away") {
  for (int i = 0; i < 63; ++i) put(p, &gs[static_cast<std::size_t>(i)]);
  CHECK(local(p) == 63);
  CHECK(global() == 0);
  put(p, &gs[63]);
  CHECK(local(p) == 31);
  CHECK(global() == 33);
  put(p, &gs[64]);
  CHECK(local(p) == 32);
  CHECK(global() == 33);
}

TEST_CASE_FIXTURE(gfree_bench, "the last to die is the first to live again") {
  put(p, &gs[0]);
  put(p, &gs[1]);
  CHECK(get(p) == &gs[1]);
  CHECK(get(p) == &gs[0]);
  CHECK(get(p) == nullptr);
}

TEST_CASE_FIXTURE(gfree_bench, "an empty P refills to 32 from the global list") {
  for (int i = 0; i < 64 + 33; ++i) put(p, &gs[static_cast<std::size_t>(i)]);
  REQUIRE(local(p) == 31);
  REQUIRE(global() == 66);
  CHECK(get(other) != nullptr);
  CHECK(local(other) == 31);
  CHECK(global() == 34);
}

TEST_CASE_FIXTURE(gfree_bench, "a refill takes what there is when that is less than 32") {
  for (int i = 0; i < 64; ++i) put(p, &gs[static_cast<std::size_t>(i)]);
  for (int i = 0; i < 32; ++i) REQUIRE(get(other) != nullptr);
  REQUIRE(global() == 1);
  CHECK(get(other) != nullptr);
  CHECK(local(other) == 0);
  CHECK(global() == 0);
  CHECK(get(other) == nullptr);
}

TEST_CASE_FIXTURE(gfree_bench, "a P with a dead G of its own leaves the global list alone") {
  for (int i = 0; i < 64; ++i) put(p, &gs[static_cast<std::size_t>(i)]);
  put(other, &gs[64]);
  CHECK(get(other) == &gs[64]);
  CHECK(global() == 33);
}

TEST_CASE_FIXTURE(gfree_bench, "each dead G comes back exactly once") {
  for (int i = 0; i < n; ++i) put(p, &gs[static_cast<std::size_t>(i)]);
  std::set<G*> back;
  int count = 0;
  for (P* from : {other, p})
    while (G* g = get(from)) {
      back.insert(g);
      ++count;
    }
  CHECK(count == n);
  CHECK(back.size() == static_cast<std::size_t>(n));
  CHECK(global() == 0);
}

TEST_CASE_FIXTURE(gfree_bench, "a dead G is never in two hands") {
  for (int i = 0; i < n; ++i) put(p, &gs[static_cast<std::size_t>(i)]);
  std::atomic<int> wrong{0};
  // zh: 每个线程有自己的 P：取一阵、还一阵，跨过 64/32 的边界；status 记着它是否在谁手里。
  // en: Each thread has a P of its own: takes a burst, gives it back, across the 64/32 limits; the
  //     status remembers whether a thread holds the G.
  const auto churn = [&](P* mine) {
    std::vector<G*> held;
    for (int round = 0; round < repeat(2000); ++round) {
      for (int i = 0; i < 90; ++i)
        if (G* g = get(mine)) {
          if (g->atomicstatus.exchange(rt::Grunning) == rt::Grunning) wrong.fetch_add(1);
          held.push_back(g);
        }
      for (G* g : held) {
        g->atomicstatus.store(rt::Gdead);
        put(mine, g);
      }
      held.clear();
    }
  };
  std::thread second([&] { churn(other); });
  churn(p);
  second.join();
  CHECK(wrong.load() == 0);
  CHECK(local(p) + local(other) + global() == n);
}

TEST_CASE_FIXTURE(gfree_bench, "goids come to the Ps in ranges of 16") {
  for (std::int64_t id = 1; id <= 16; ++id) CHECK(goid(p) == id);
  for (std::int64_t id = 17; id <= 20; ++id) CHECK(goid(other) == id);
  CHECK(goid(p) == 33);
  for (std::int64_t id = 21; id <= 32; ++id) CHECK(goid(other) == id);
  CHECK(goid(other) == 49);
  CHECK(goid(p) == 34);
}

TEST_CASE_FIXTURE(gfree_bench, "no goid is given out twice") {
  constexpr std::size_t each = 10'000;
  std::vector<std::int64_t> mine, theirs;
  std::thread second([&] {
    for (std::size_t i = 0; i < each; ++i) theirs.push_back(goid(other));
  });
  for (std::size_t i = 0; i < each; ++i) mine.push_back(goid(p));
  second.join();
  std::set<std::int64_t> all(mine.begin(), mine.end());
  all.insert(theirs.begin(), theirs.end());
  CHECK(all.size() == 2 * each);
  CHECK(*all.begin() == 1);
}

}  // namespace
}  // namespace newproc::test
