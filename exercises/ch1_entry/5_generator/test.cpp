// zh: 生成器在真的平台上。会结束进程的错法在子进程里试；退出码说出走到了哪一步。
// en: The generator on the real platform. What ends a process when wrong is tried in child processes;
//     the exit code tells how far it got.
#include <unistd.h>

#include <memory>
#include <stdexcept>

#include "ch1_entry/elsewhere.hpp"
#include "death.hpp"
#include "exercise.hpp"
#include "given.hpp"
#include "newproc/newproc.hpp"

namespace newproc::exercise {
namespace {

using rt::generator;

constexpr unsigned patience = 10;  // zh: 秒；只为错答案而设 en: seconds, for wrong answers only
constexpr int good = 7, first_bad = 11;

void fail_unless(bool holds, int code) {
  if (!holds) ::_exit(code);
}
test::ending as_main(int procs, void (*body)()) {
  return test::in_child([procs, body] {
    ::alarm(patience);
    run({.procs = procs}, body);
  });
}

void count_to(generator& g, std::int64_t n) {
  for (std::int64_t i = 1; i <= n; ++i) g.give(i);
}

int code_of(int procs, void (*body)()) { return as_main(procs, body).exit_code; }

TEST_CASE("three values, and then no more") {
  const test::ending e = as_main(1, [] {
    generator numbers([](generator& g) { count_to(g, 3); });
    std::int64_t value = 0;
    for (int i = 1; i <= 3; ++i) {
      fail_unless(numbers.next(value), first_bad + i - 1);
      fail_unless(value == i, first_bad + 3);
    }
    for (int i = 0; i < 2; ++i) fail_unless(!numbers.next(value), first_bad + 4);
    ::_exit(good);
  });
  const int code = e.exit_code;
  must(code != first_bad, {"body 给出 1、2、3，第一次 next() 却返回 false",
                           "the body gives 1, 2 and 3, and the first next() returned false"});
  must(code != first_bad + 1 && code != first_bad + 2,
       {"body 给出 1、2、3，第一个之后 next() 就返回 false",
        "the body gives 1, 2 and 3, and after the first next() returned false"});
  must(code != first_bad + 3, {"body 给出 1、2、3，next() 放下的是别的值",
                               "the body gives 1, 2 and 3, and next() left another value"});
  must(code != first_bad + 4, {"body 已经结束，next() 却还说有",
                               "the body has ended, and next() says that there is more"});
  must(code == good, words{"取三个值，没有走到底；程序说：",
                           "taking three values did not get to its end; "
                           "the program said: "} +
                         e.head(1));
}

TEST_CASE("the body runs only as far as it is asked") {
  const int code = code_of(1, [] {
    std::string log;
    {
      generator g([&log](generator& self) {
        log += "a";
        self.give(1);
        log += "b";
        self.give(2);
        log += "c";
      });
      std::int64_t value = 0;
      yield();
      fail_unless(log.empty(), first_bad);
      g.next(value);
      yield();
      fail_unless(log == "a", first_bad + 1);
      g.next(value);
      fail_unless(log == "ab", first_bad + 1);
      fail_unless(!g.next(value) && log == "abc", first_bad + 1);
    }
    ::_exit(good);
  });
  must(code != first_bad, {"还没有人要过值，body 就已经跑了",
                           "nobody has asked for a value yet, and the body has run"});
  must(code == good, {"body 该停在它的 give 里，直到下一次 next()",
                      "the body must stop in its give until the next next()"});
}

TEST_CASE("nobody else runs between two values") {
  const int code = code_of(1, [] {
    int others = 0;
    for (int i = 0; i < 3; ++i) go([&others] { ++others; });
    generator numbers([](generator& g) { count_to(g, 1000); });
    std::int64_t value = 0;
    while (value < 1000) fail_unless(numbers.next(value) && others == 0, first_bad);
    ::_exit(good);
  });
  must(code == good,
       {"取值的时候，队列里别的 goroutine 跑了：一步该是直接的换栈，不经过调度器",
        "while values were taken other goroutines of the queue ran: a step must be a direct "
        "switch that does not go through the scheduler"});
}

TEST_CASE("what the body throws comes out of next") {
  const test::ending e = as_main(1, [] {
    generator g([](generator& self) {
      self.give(1);
      throw std::runtime_error("from the body");
    });
    std::int64_t value = 0;
    fail_unless(g.next(value), first_bad);
    try {
      g.next(value);
      ::_exit(first_bad + 1);
    } catch (const std::runtime_error& error) {
      fail_unless(std::string(error.what()) == "from the body", first_bad + 2);
    }
    fail_unless(!g.next(value), first_bad + 3);
    ::_exit(good);
  });
  must(e.exit_code != first_bad + 3, {"body 抛出异常之后就结束了，next() 该返回 false",
                                      "a body that threw has ended, and next() must return false"});
  must(e.exit_code == good,
       words{"body 抛出的异常没有从 next() 里出来；程序说：",
             "what the body threw did not come out of next(); the program said: "} +
           e.head(1));
}

struct bell {
  int* rung;
  explicit bell(int* r) : rung(r) {}
  ~bell() { ++*rung; }
};

TEST_CASE("a body that is not done is unwound, and nothing stays behind") {
  const int code = code_of(1, [] {
    int rung = 0;
    const auto guest = std::make_shared<int>(0);
    for (int i = 0; i < 100; ++i) {
      generator g([&rung, guest](generator& self) {
        const bell b(&rung);
        count_to(self, 10);
      });
      std::int64_t value = 0;
      if (i % 2 == 0) g.next(value);
    }
    fail_unless(rung == 50, first_bad);
    fail_unless(guest.use_count() == 1, first_bad + 1);
    fail_unless(num_goroutine() == 1, first_bad + 2);
    ::_exit(good);
  });
  must(code != first_bad, {"生成器没了，停在 give 里的 body 却没有展开：它的析构函数没有跑",
                           "the generator is gone, and its body that stopped in give was not "
                           "unwound: its destructors did not run"});
  must(code != first_bad + 1, {"生成器没了，body 捕获的东西还在",
                               "the generator is gone, and what its body captured is still there"});
  must(code != first_bad + 2, {"生成器没了，它的 goroutine 还活着：num_goroutine() 不是 1",
                               "the generator is gone and its goroutine still lives: "
                               "num_goroutine() is not 1"});
  must(code == good, {"丢掉没跑完的生成器，没有走到底",
                      "dropping generators that are not done did not get to its end"});
}

// zh: 二叉树的中序遍历：每个结点一个生成器，一个套一个。
// en: A binary tree in order: a generator per node, one within the other.
void walk(generator& out, std::int64_t low, std::int64_t high) {
  if (low > high) return;
  const std::int64_t middle = (low + high) / 2;
  for (const bool left : {true, false}) {
    generator half(
        [=](generator& g) { left ? walk(g, low, middle - 1) : walk(g, middle + 1, high); });
    std::int64_t value = 0;
    while (half.next(value)) out.give(value);
    if (left) out.give(middle);
  }
}

TEST_CASE("generators within generators") {
  const int code = code_of(1, [] {
    constexpr std::int64_t n = 63;
    generator tree([](generator& g) { walk(g, 1, n); });
    std::int64_t value = 0, wanted = 0;
    while (tree.next(value)) fail_unless(value == ++wanted, first_bad);
    fail_unless(wanted == n, first_bad);
    ::_exit(good);
  });
  must(code == good, {"一个套一个的生成器，值或次序不对",
                      "generators within generators: the values or their order are wrong"});
}

TEST_CASE("the consumer may change threads between two values") {
  const int code = code_of(2, [] {
    generator numbers([](generator& g) {
      const rt::G* me = rt::getg();
      for (std::int64_t i = 1; i <= 50; ++i) {
        g.give(i);
        fail_unless(rt::getg() == me && static_cast<rt::G*>(me->m->curg) == me, first_bad);
      }
    });
    std::int64_t value = 0;
    while (value < 50) {
      fail_unless(numbers.next(value), first_bad + 1);
      test::go_elsewhere();
    }
    ::_exit(good);
  });
  must(code == good,
       {"消费者换了线程再来取，body 却不在它现在的 M 上",
        "the consumer changed threads and asked again, and the body is not on its M"});
}

TEST_CASE("the body may yield, and others run meanwhile") {
  const int code = code_of(1, [] {
    int others = 0;
    go([&others] { ++others; });
    generator g([](generator& self) {
      yield();
      self.give(1);
    });
    std::int64_t value = 0;
    fail_unless(g.next(value) && value == 1, first_bad);
    fail_unless(others == 1, first_bad + 1);
    ::_exit(good);
  });
  must(code == good, {"body 里的 yield 之后，没有走到它的 give",
                      "after a yield in the body it did not get to its give"});
}

TEST_CASE("each keeps its own exception") {
  const int code = code_of(1, [] {
    generator g([](generator& self) {
      try {
        throw std::logic_error("the body's");
      } catch (const std::exception& e) {
        self.give(1);
        try {
          throw;
        } catch (const std::exception& again) {
          fail_unless(std::string(again.what()) == "the body's", first_bad);
        }
      }
      self.give(2);
    });
    std::int64_t value = 0;
    try {
      throw std::runtime_error("the consumer's");
    } catch (...) {
      g.next(value);
      g.next(value);
      try {
        throw;
      } catch (const std::exception& again) {
        fail_unless(std::string(again.what()) == "the consumer's", first_bad);
      }
    }
    fail_unless(value == 2, first_bad);
    ::_exit(good);
  });
  must(code == good,
       {"停在 catch 里的 body 和停在 catch 里的消费者，拿到了对方的异常",
        "a body that stops inside a catch block and a consumer that does got each other's "
        "exceptions"});
}

TEST_CASE("a hundred thousand values") {
  std::int64_t sum = 0, ns = 0;
  run({.procs = 1}, [&] {
    constexpr std::int64_t n = 100'000;
    const auto start = std::chrono::steady_clock::now();
    generator numbers([](generator& g) { count_to(g, n); });
    std::int64_t value = 0;
    while (numbers.next(value)) sum += value;
    ns = std::chrono::nanoseconds(std::chrono::steady_clock::now() - start).count() / n;
  });
  must(sum == 5'000'050'000,
       {"十万个数的和不对", "the sum of a hundred thousand numbers is wrong"});
  note(words{"你的生成器给出一个值，连去带回用了 ",
             "your generator gives a value, there and back, in "} +
       ns + words{" 纳秒。", " ns."});
}

}  // namespace
}  // namespace newproc::exercise
