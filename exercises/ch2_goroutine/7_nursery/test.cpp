// zh: 托儿所在真的平台上。会结束进程或停住的错法在子进程里试；退出码说出走到了哪一步。
// en: The nursery on the real platform. What ends a process or hangs when wrong is tried in child
//     processes; the exit code tells how far it got.
#include <unistd.h>

#include <memory>
#include <stdexcept>

#include "death.hpp"
#include "exercise.hpp"
#include "given.hpp"
#include "newproc/newproc.hpp"

namespace newproc::exercise {
namespace {

using rt::nursery;

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
int code_of(int procs, void (*body)()) { return as_main(procs, body).exit_code; }

TEST_CASE("wait returns when all children have ended") {
  for (const int procs : {1, 2}) {
    const test::ending e = as_main(procs, [] {
      std::atomic<int> ended{0};
      nursery n;
      for (int i = 0; i < 100; ++i)
        n.go([&ended] {
          yield();
          yield();
          ++ended;
        });
      n.wait();
      ::_exit(ended.load() == 100 ? good : first_bad);
    });
    must(e.exit_code != first_bad,
         {"wait() 返回的时候，还有孩子没有结束", "children had not ended when wait() returned"});
    must(e.exit_code == good,
         words{"孩子都结束了，wait() 却没有返回；程序说：",
               "all children have ended, and wait() did not return; the program said: "} +
             e.head(1));
  }
}

TEST_CASE("without children wait returns, and a nursery can be used again") {
  const test::ending e = as_main(1, [] {
    nursery n;
    n.wait();
    int ended = 0;
    for (int round = 1; round <= 3; ++round) {
      n.go([&ended] { ++ended; });
      n.wait();
      fail_unless(ended == round, first_bad);
    }
    n.wait();
    ::_exit(good);
  });
  must(e.exit_code == good,
       words{"没有孩子时的 wait()，或第二次的 wait()，不对；程序说：",
             "wait() without children, or wait() once more, goes wrong; the program said: "} +
           e.head(1));
}

TEST_CASE("the owner is parked while it waits") {
  const test::ending e = as_main(1, [] {
    const rt::G* owner = rt::getg();
    nursery n;
    n.go([owner] {
      yield();
      ::_exit(owner->status() == rt::Gwaiting ? good : first_bad);
    });
    n.wait();
  });
  must(e.exit_code == good, {"主人等的时候该停着（Gwaiting）；你的还在排队、在跑，占着一个 P",
                             "the owner must be parked while it waits (Gwaiting); yours queues and "
                             "runs, and keeps a P busy"});
}

TEST_CASE("a child that leaves by goexit has ended too") {
  const test::ending e = as_main(1, [] {
    nursery n;
    n.go([] { goexit(); });
    n.go([] {});
    n.wait();
    ::_exit(good);
  });
  must(e.exit_code == good,
       words{"一个孩子用 goexit 走了，wait() 没有返回；程序说：",
             "a child left by goexit, and wait() did not return; the program said: "} +
           e.head(1));
}

TEST_CASE("the first exception comes out of wait, and the others run to their end") {
  const test::ending e = as_main(1, [] {
    int ended = 0;
    nursery n;
    n.go([&ended] {
      for (int i = 0; i < 5; ++i) yield();
      ++ended;
    });
    n.go([] {
      yield();
      throw std::runtime_error("first");
    });
    n.go([] {
      yield();
      yield();
      yield();
      throw std::logic_error("second");
    });
    try {
      n.wait();
      ::_exit(first_bad);
    } catch (const std::exception& error) {
      fail_unless(ended == 1, first_bad + 1);
      fail_unless(std::string(error.what()) == "first", first_bad + 2);
    }
    n.go([&ended] { ++ended; });
    n.wait();
    fail_unless(ended == 2, first_bad + 3);
    ::_exit(good);
  });
  const int code = e.exit_code;
  must(code != first_bad + 1,
       {"一个孩子抛出了异常，wait() 没有等别的孩子就出来了",
        "a child threw, and wait() came out without waiting for the others"});
  must(code != first_bad + 2, {"两个孩子抛出了异常，从 wait() 出来的不是最先的那个",
                               "two children threw, and what came out of wait() is not the first"});
  must(code == good, words{"孩子抛出的异常没有从 wait() 里出来，或之后不能再用；程序说：",
                           "what a child threw did not come out of wait(), or it can't be used "
                           "afterwards; the program said: "} +
                         e.head(1));
}

TEST_CASE("used again after an exception, it gives the next one too") {
  const test::ending e = as_main(1, [] {
    int caught = 0;
    nursery n;
    for (int round = 0; round < 3; ++round) {
      n.go([] { throw std::runtime_error("again"); });
      try {
        n.wait();
      } catch (const std::runtime_error&) {
        ++caught;
      }
    }
    fail_unless(caught == 3, first_bad);
    n.wait();
    ::_exit(good);
  });
  must(e.exit_code == good,
       words{"取走过一个异常之后再用，后来的异常没有从 wait() 里出来，或取走过的又出来了；程序说：",
             "used again after an exception was fetched, a later one did not come out of wait(), "
             "or an old one came again; the program said: "} +
           e.head(1));
}

TEST_CASE("the destructor waits, also when the owner leaves by an exception") {
  const int code = code_of(1, [] {
    int ended = 0;
    const auto child = [&ended] {
      yield();
      ++ended;
    };
    {
      nursery n;
      n.go(child);
    }
    fail_unless(ended == 1, first_bad);
    try {
      nursery n;
      n.go(child);
      throw std::runtime_error("the owner's");
    } catch (const std::runtime_error& error) {
      fail_unless(std::string(error.what()) == "the owner's", first_bad + 1);
    }
    fail_unless(ended == 2, first_bad);
    {
      nursery n;
      n.go([] { throw 1; });
    }
    ::_exit(good);
  });
  must(code != first_bad,
       {"托儿所没了，里面的孩子还活着：析构时也要等",
        "the nursery is gone and a child in it still lives: its destructor must wait too"});
  must(code == good, {"主人因异常而离开，或孩子的异常没有人取走时，析构没有做对",
                      "the destructor goes wrong when the owner leaves by an exception, or when "
                      "nobody fetches a child's"});
}

// zh: 析构得慢，中间还让出：等的人若放行得太早，就会赶在它之前。
// en: It takes its time to be destroyed, and gives way meanwhile: an owner that is readied too early
//     overtakes it.
struct slow_to_leave {
  bool* gone;
  explicit slow_to_leave(bool* g) : gone(g) {}
  slow_to_leave(const slow_to_leave&) = delete;
  slow_to_leave& operator=(const slow_to_leave&) = delete;
  ~slow_to_leave() {
    yield();
    *gone = true;
  }
};

TEST_CASE("what a child captured is gone when wait returns") {
  const int code = code_of(1, [] {
    bool gone = false;
    nursery n;
    n.go([guest = std::make_shared<slow_to_leave>(&gone)] {});
    n.wait();
    ::_exit(gone ? good : first_bad);
  });
  must(code == good, {"wait() 已经返回，孩子捕获的东西还没有析构完",
                      "wait() has returned, and what a child captured is still being destroyed"});
}

struct chain {
  static void link(nursery& in, int& done, int left) {
    if (left > 0) in.go([&in, &done, left] { link(in, done, left - 1); });
    ++done;
  }
};

TEST_CASE("children may start others") {
  const int code = code_of(1, [] {
    int ended = 0;
    nursery n;
    for (int i = 0; i < 10; ++i) n.go([&] { chain::link(n, ended, 50); });
    n.wait();
    ::_exit(ended == 510 ? good : first_bad);
  });
  must(code == good, {"孩子又启动了孩子，wait() 没有等到它们",
                      "children started others, and wait() did not wait for those"});
}

// zh: 和：每一层一个托儿所。 en: A sum: a nursery at every level.
std::int64_t sum(std::int64_t low, std::int64_t high) {
  if (high - low < 8) {
    std::int64_t all = 0;
    for (; low < high; ++low) all += low;
    return all;
  }
  const std::int64_t middle = low + (high - low) / 2;
  std::int64_t left = 0, right = 0;
  nursery n;
  n.go([&] { left = sum(low, middle); });
  n.go([&] { right = sum(middle, high); });
  n.wait();
  return left + right;
}

TEST_CASE("nurseries within nurseries") {
  const int code = code_of(1, [] {
    for (int round = 0; round < 5; ++round) fail_unless(sum(0, 4096) == 4096 * 4095 / 2, first_bad);
    ::_exit(good);
  });
  must(code == good,
       {"一层套一层的托儿所，和算错了，或没有走到底",
        "nurseries within nurseries: the sum is wrong, or it did not get to its end"});
}

}  // namespace
}  // namespace newproc::exercise
