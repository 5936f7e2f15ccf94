// zh: 随机的混合：生成树、让出、睡眠、绑定线程、goexit、异常，搅在一起；每个 goroutine 恰好跑一次。
//     种子印在失败的信息里，环境变量 NEWPROC_STRESS_SEED 可以重放它的选择（线程的交错不能）。
// en: Random mixes of spawning trees, yields, sleeps, locked threads, goexit and exceptions; each
//     goroutine runs exactly once. The seed stands in a failure's message, and the environment
//     variable NEWPROC_STRESS_SEED replays its choices (the threads' interleaving it can't).
#include <doctest/doctest.h>

#include <cstdlib>
#include <random>
#include <stdexcept>

#include "newproc/newproc.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

using namespace std::chrono_literals;

std::uint32_t seed_of_this_run() {
  if (const char* given = std::getenv("NEWPROC_STRESS_SEED"))
    return static_cast<std::uint32_t>(std::strtoul(given, nullptr, 10));
  return std::random_device{}();
}

class mix {
 public:
  mix(int goroutines, std::uint32_t seed)
      : n_(goroutines),
        seed_(seed),
        entered_(std::make_unique<std::atomic<int>[]>(static_cast<std::size_t>(goroutines))),
        left_(std::make_unique<std::atomic<int>[]>(static_cast<std::size_t>(goroutines))) {}

  void start() {
    next_.store(1);
    go([this] { body(0); });
    while (finished_.load() < n_) sleep(100us);
    until_alone();
  }

  [[nodiscard]] bool each_once() const {
    for (std::size_t i = 0; i < static_cast<std::size_t>(n_); ++i)
      if (entered_[i].load() != 1 || left_[i].load() != 1) return false;
    return true;
  }
  [[nodiscard]] int errors() const { return errors_.load(); }

 private:
  struct leaving {
    mix* m;
    int id;
    ~leaving() {
      m->left_[static_cast<std::size_t>(id)].fetch_add(1);
      m->finished_.fetch_add(1);
    }
  };

  // zh: 编号用完之前，人人都生几个孩子；0 号的孩子保证树不会早早枯死。
  // en: While numbers last everyone spawns a few children; two at least, so the tree does not die
  //     early.
  void spawn(std::minstd_rand& random) {
    for (auto children = 2 + random() % 3; children > 0; --children) {
      const int id = next_.fetch_add(1);
      if (id >= n_) return;
      go([this, id] { body(id); });
    }
  }

  void body(int id) {
    const leaving on_the_way_out{this, id};
    entered_[static_cast<std::size_t>(id)].fetch_add(1);
    std::minstd_rand random(seed_ + static_cast<std::uint32_t>(id) * 7919u + 1);
    const std::int64_t mine = goid();
    spawn(random);
    for (auto steps = random() % 5; steps > 0; --steps) step(random);
    if (goid() != mine || std::uncaught_exceptions() != 0) errors_.fetch_add(1);
    if (random() % 8 == 0) goexit();
    if (random() % 32 == 0) lock_os_thread();  // zh: 绑着退出 en: exits bound
  }

  void step(std::minstd_rand& random) {
    switch (random() % 6) {
      case 0:
      case 1:
        return yield();
      case 2:
        return sleep(std::chrono::microseconds(random() % 50));
      case 3:
        lock_os_thread();
        yield();
        return unlock_os_thread();
      case 4:
        return throw_and_catch(static_cast<int>(random() % 1000));
      default:
        for (int i = 0; i < 10; ++i) yield();
    }
  }

  void throw_and_catch(int value) {
    try {
      try {
        throw std::runtime_error(std::to_string(value));
      } catch (...) {
        yield();
        throw;
      }
    } catch (const std::runtime_error& e) {
      yield();
      if (std::to_string(value) != e.what()) errors_.fetch_add(1);
    }
  }

  int n_;
  std::uint32_t seed_;
  std::unique_ptr<std::atomic<int>[]> entered_, left_;
  std::atomic<int> next_{0}, finished_{0}, errors_{0};
};

void stress(int procs) {
  for (int round = 0; round < 3; ++round) {
    const std::uint32_t seed = seed_of_this_run();
    CAPTURE(seed);
    mix m(repeat(3000), seed);
    run({.procs = procs}, [&m] { m.start(); });
    CHECK(m.each_once());
    CHECK(m.errors() == 0);
  }
}

TEST_CASE("a random mix on 1 P runs each goroutine exactly once") { stress(1); }
TEST_CASE("a random mix on 2 Ps runs each goroutine exactly once") { stress(2); }
TEST_CASE("a random mix on 4 Ps runs each goroutine exactly once") { stress(4); }
TEST_CASE("a random mix on 8 Ps runs each goroutine exactly once") { stress(8); }

}  // namespace
}  // namespace newproc::test
