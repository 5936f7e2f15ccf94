// zh: 停在 catch 里，换线程，再继续。错了就会崩溃的，在子进程里试；退出码说出走到了哪一步。
// en: Stop inside a catch block, change threads, go on. What crashes when wrong is tried in child
//     processes; the exit code tells how far it got.
#include <unistd.h>

#include <stdexcept>

#include "ch1_entry/elsewhere.hpp"
#include "death.hpp"
#include "exercise.hpp"
#include "newproc/newproc.hpp"

namespace newproc::exercise {
namespace {

constexpr unsigned patience = 10;  // zh: 秒；只为错答案而设 en: seconds, for wrong answers only
constexpr int good = 7, lost = 11, another = 12, left_behind = 13;

std::string what_is_caught() {
  try {
    throw;
  } catch (const std::exception& e) {
    return e.what();
  }
}
void fail_unless(bool holds, int code) {
  if (!holds) ::_exit(code);
}
int as_main(int procs, void (*body)()) {
  return test::in_child([procs, body] {
           ::alarm(patience);
           run({.procs = procs}, body);
         })
      .exit_code;
}

TEST_CASE("it finds its exception again on the thread where it stopped") {
  const int code = as_main(1, [] {
    go([] {
      try {
        throw std::logic_error("other");
      } catch (...) {
        yield();
      }
    });
    try {
      throw std::runtime_error("mine");
    } catch (...) {
      yield();
      fail_unless(std::current_exception() != nullptr, lost);
      fail_unless(what_is_caught() == "mine", another);
      ::_exit(good);
    }
  });
  must(code == good,
       {"它停在 catch 里，在同一个线程上继续，却找不到自己的异常了",
        "it stopped inside a catch block, went on on the same thread, and can't find its "
        "exception"});
}

TEST_CASE("it finds its exception again on another thread") {
  const int code = as_main(2, [] {
    try {
      try {
        throw std::runtime_error("mine");
      } catch (...) {
        test::go_elsewhere();
        fail_unless(std::current_exception() != nullptr, lost);
        fail_unless(what_is_caught() == "mine", another);
        throw;
      }
    } catch (const std::runtime_error&) {
      ::_exit(good);
    }
  });
  must(code == good,
       {"它停在 catch 里，在另一个线程上继续，它的异常不见了",
        "it stopped inside a catch block, went on on another thread, and its exception is "
        "gone"});
}

// zh: 公布自己，等它在别的线程上走出了 mcall，再看这个线程。
// en: Publish it, wait until it has come out of mcall on another thread, then look at this thread.
void publish_and_look(rt::G* g) {
  test::publish_and_wait(g);
  fail_unless(std::current_exception() == nullptr, left_behind);
}

TEST_CASE("nothing is left behind on the thread that it left") {
  const int code = as_main(2, [] {
    try {
      throw std::runtime_error("mine");
    } catch (...) {
      for (int i = 0; i < 50; ++i) {
        rt::mcall(publish_and_look);
        test::arrivals.fetch_add(1);
      }
      fail_unless(std::current_exception() != nullptr, lost);
    }
    ::_exit(good);
  });
  must(code == good, {"它已在另一个线程上继续，原来的线程却还以为自己在处理它的异常",
                      "it went on on another thread, and the thread that it left believes that it "
                      "handles that exception"});
}

TEST_CASE("many stop inside catch blocks, each keeps its own exception") {
  const int code = as_main(2, [] {
    std::atomic<int> wrong{0}, done{0};
    for (int n = 0; n < 200; ++n)
      go([n, &wrong, &done] {
        const std::string outer = std::to_string(n), inner = "inner " + outer;
        for (int round = 0; round < 10; ++round) try {
            try {
              throw std::runtime_error(outer);
            } catch (...) {
              yield();
              try {
                throw std::logic_error(inner);
              } catch (...) {
                yield();
                wrong += what_is_caught() != inner;
              }
              yield();
              wrong += what_is_caught() != outer;
              throw;
            }
          } catch (const std::runtime_error& e) {
            wrong += e.what() != outer;
          }
        ++done;
      });
    while (done.load() < 200) yield();
    ::_exit(wrong.load() == 0 ? good : another);
  });
  must(code == good,
       {"两百个 goroutine 各停在自己的 catch 里，有的拿到了别人的异常",
        "of two hundred goroutines, each in a catch block of its own, some got another's "
        "exception"});
}

}  // namespace
}  // namespace newproc::exercise
