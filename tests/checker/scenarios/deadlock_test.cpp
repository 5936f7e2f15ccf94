// zh: 死锁的检测：不管最后停下的是谁，是怎样停的，都要说出来。每个场景里停下的次序由搜索来试。
// en: The detection of deadlocks: whichever goroutine stops last, and in whatever way, it must be
//     told. In each scenario the search tries the orders in which they stop.
#include "../../parking.hpp"
#include "verdicts.hpp"
#include "whole.hpp"

namespace newproc::checker {
namespace {

constexpr const char* asleep = "all goroutines are asleep - deadlock!";
constexpr const char* none = "no goroutines (main called runtime.Goexit) - deadlock!";

void must_be_told(const char* title, const char* words, scenario::function program) {
  for (const int procs : {1, 2}) must_survive(whole(title, procs, program, 0).ends_in_fatal(words));
}

TEST_CASE("deadlock: all are parked") {
  must_be_told("two parked", asleep, [] {
    newproc::go(test::park);
    test::park();
  });
}

TEST_CASE("deadlock: main is bound to its thread and parks") {
  must_be_told("bound main parked", asleep, [] {
    newproc::lock_os_thread();
    newproc::go([] {});
    test::park();
  });
}

TEST_CASE("deadlock: a goroutine exits bound to its thread, main is parked") {
  must_be_told("exits bound, main parked", asleep, [] {
    newproc::go([] { newproc::lock_os_thread(); });
    test::park();
  });
}

TEST_CASE("deadlock: the last goroutine exits bound to its thread") {
  must_be_told("last exits bound", none, [] {
    newproc::go([] { newproc::lock_os_thread(); });
    newproc::goexit();
  });
}

TEST_CASE("deadlock: a bound main calls goexit") {
  must_be_told("bound main exits", none, [] {
    newproc::lock_os_thread();
    newproc::go([] {});
    newproc::goexit();
  });
}

// zh: 模板线程刚建好就没有人了；它到最后才说自己不算数。
// en: The template thread is just made when nobody is left; it is the last to say that it does not
//     count.
TEST_CASE("deadlock: all are parked before the template thread has begun") {
  must_be_told("template thread last", asleep, [] {
    newproc::lock_os_thread();
    newproc::unlock_os_thread();
    test::park();
  });
}

}  // namespace
}  // namespace newproc::checker
