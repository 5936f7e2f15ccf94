// zh: 异常与换栈：C++ 的异常现场属于线程，它得随 G 走。
// en: Exceptions and switches: C++'s exception state belongs to the thread and must go with the G.
#include <doctest/doctest.h>

#include <exception>
#include <stdexcept>

#include "elsewhere.hpp"
#include "newproc/newproc.hpp"
#include "support.hpp"

namespace newproc::test {
namespace {

std::string what_is_caught() {
  try {
    throw;
  } catch (const std::exception& e) {
    return e.what();
  }
}

TEST_CASE("a goroutine may change threads inside a catch block and rethrow afterwards") {
  run({.procs = 2}, [] {
    for (int i = 0; i < repeat(100); ++i) {
      bool right = false;
      try {
        try {
          throw std::runtime_error("first");
        } catch (...) {
          go_elsewhere();
          right = what_is_caught() == "first" && std::uncaught_exceptions() == 0;
          throw;
        }
      } catch (const std::runtime_error& e) {
        right = right && std::string(e.what()) == "first";
      }
      CHECK(right);
      CHECK(std::current_exception() == nullptr);
    }
  });
}

struct leaves_elsewhere {
  int* before;
  int* after;
  ~leaves_elsewhere() {
    *before = std::uncaught_exceptions();
    go_elsewhere();
    *after = std::uncaught_exceptions();
  }
};

TEST_CASE("uncaught_exceptions counts those of this goroutine on whatever thread") {
  run({.procs = 2}, [] {
    int before = -1, after = -1;
    try {
      const leaves_elsewhere leaving{&before, &after};
      throw std::runtime_error("thrown");
    } catch (const std::runtime_error&) {
    }
    CHECK(before == 1);
    CHECK(after == 1);
    CHECK(std::uncaught_exceptions() == 0);
  });
}

TEST_CASE("a goroutine that has begun sees nothing of the exceptions of others") {
  run({.procs = 1}, [] {
    int uncaught = -1;
    bool current = true;
    try {
      throw std::runtime_error("mine");
    } catch (...) {
      go([&] {
        uncaught = std::uncaught_exceptions();
        current = std::current_exception() != nullptr;
      });
      until_alone();
      CHECK(what_is_caught() == "mine");
    }
    CHECK(uncaught == 0);
    CHECK_FALSE(current);
  });
}

TEST_CASE("many goroutines stop inside catch blocks and each finds its own exception") {
  for (const int procs : {1, 2}) {
    std::atomic<int> wrong{0}, rethrown{0};
    constexpr int goroutines = repeat(200);
    run({.procs = procs}, [&] {
      for (int n = 0; n < goroutines; ++n)
        go([n, &wrong, &rethrown] {
          const std::string outer = "outer " + std::to_string(n);
          const std::string inner = "inner " + std::to_string(n);
          for (int round = 0; round < repeat(20); ++round) try {
              try {
                throw std::runtime_error(outer);
              } catch (...) {
                yield();
                try {
                  yield();
                  throw std::logic_error(inner);
                } catch (...) {
                  yield();
                  if (what_is_caught() != inner) wrong.fetch_add(1);
                }
                yield();
                if (what_is_caught() != outer) wrong.fetch_add(1);
                if (std::uncaught_exceptions() != 0) wrong.fetch_add(1);
                throw;
              }
            } catch (const std::runtime_error& e) {
              rethrown.fetch_add(1);
              if (e.what() != outer) wrong.fetch_add(1);
            }
          if (std::current_exception() != nullptr) wrong.fetch_add(1);
        });
      until_alone();
    });
    CHECK(wrong.load() == 0);
    CHECK(rethrown.load() == goroutines * repeat(20));
  }
}

TEST_CASE("run inside a catch block gives the exception back untouched") {
  try {
    throw std::runtime_error("outside");
  } catch (...) {
    run({.procs = 2}, [] {
      CHECK(std::current_exception() == nullptr);
      for (int i = 0; i < 20; ++i) go([] { yield(); });
      until_alone();
    });
    CHECK(what_is_caught() == "outside");
    CHECK(std::uncaught_exceptions() == 0);
  }
}

}  // namespace
}  // namespace newproc::test
