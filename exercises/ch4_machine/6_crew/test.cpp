// zh: 真的线程，很紧的上限。主 goroutine 自己一直在跑，所以慢归慢，总会跑完。
// en: Real threads and a tight limit. The main goroutine keeps running itself, so that it may be slow but does
//     come to its end.
#include "ch1_entry/entry.hpp"
#include "ch4_machine/machine.hpp"
#include "death.hpp"
#include "exercise.hpp"
#include "given.hpp"
#include "newproc/newproc.hpp"
#include "support.hpp"

namespace newproc::rt {

std::deque<waiting_p>& waiting_ps() {
  static std::deque<waiting_p> all;
  return all;
}

}  // namespace newproc::rt

namespace newproc::exercise {
namespace {

using rt::sched;

test::ending busy_program(int threads, int procs) {
  return test::in_child([=] {
    newproc::set_max_threads(threads);
    std::atomic<int> ran{0};
    newproc::run({.procs = procs}, [&ran] {
      for (int i = 0; i < 1000; ++i)
        newproc::go([&ran] {
          newproc::yield();
          ran.fetch_add(1);
        });
      test::until_alone();
    });
    return ran.load() == 1000 ? 0 : 1;
  });
}

TEST_CASE("with one thread and two Ps a program comes to its end") {
  const test::ending e = busy_program(1, 2);
  must(e.exit_code != 2 || e.error.find("thread exhaustion") == std::string::npos,
       {"到了一个线程的上限，程序就此结束了",
        "the limit of one thread was reached, and the program ended with it"});
  must(e.exit_code == 0, {"只有一个线程，程序没有好好结束：" + e.error,
                          "with one thread the program did not end well: " + e.error});
}

TEST_CASE("below the limit a thread is made when one is wanted") {
  std::int64_t threads = 0;
  newproc::set_max_threads(2);
  newproc::run({.procs = 2}, [&threads] {
    rt::systemstack([&threads] {
      rt::startm(nullptr, false);
      const rt::sched_lock_guard hold(sched.lock);
      threads = rt::mcount();
    });
  });
  must(threads == 2, {"还许再建一个线程，你的 startm 却没有建",
                      "a thread may still be made, and none was made by your startm"});
}

TEST_CASE("with three threads and four Ps a program comes to its end") {
  const test::ending e = busy_program(3, 4);
  must(e.exit_code == 0, {"三个线程、四个 P 的程序没有好好结束：" + e.error,
                          "a program with three threads and four Ps did not end well: " + e.error});
}

}  // namespace
}  // namespace newproc::exercise
