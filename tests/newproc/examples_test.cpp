// zh: 公开接口的例子，每个函数一个。网站的参考页把 // [名字] 之间的几行摆在那个函数下面，所以名字写全。
// en: Examples of the public interface, one for each function. The site's reference shows the lines
//     between // [name] below that function; hence the qualified names.
#include <doctest/doctest.h>
#include <pthread.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "model/current.hpp"
#include "newproc/newproc.hpp"

namespace {

TEST_CASE("example: run") {
  // [run]
  std::array<int, 3> parts{};
  const int result = newproc::run([&parts] {
    for (int& part : parts) newproc::go([&part] { part = 14; });
    // zh: run 不等别的 goroutine，这个函数一返回它就返回：所以自己等。
    // en: run returns as soon as this function does and waits for no other goroutine: so we wait.
    while (newproc::num_goroutine() > 1) newproc::yield();
    return parts[0] + parts[1] + parts[2];  // zh: 常作 main 的返回值 en: often what main returns
  });
  // [run]
  CHECK(result == 42);
}

TEST_CASE("example: run with options") {
  // [run-options]
  std::string said;
  // zh: 一个 P：同一时刻只有一个 goroutine 在跑，所以共用 said 不必加锁，次序也每次相同。
  //     栈大些，深的递归才放得下。
  // en: One P: only one goroutine runs at a time. So they share said without a lock, and the order is
  //     the same each time. The stacks are larger, for deep recursion.
  newproc::run({.procs = 1, .stack_bytes = std::size_t{4} << 20}, [&said] {
    newproc::go([&said] { said += "started first, "; });
    newproc::go([&said] { said += "started last: runs first, "; });
    while (newproc::num_goroutine() > 1) newproc::yield();
  });
  // [run-options]
  CHECK(said == "started last: runs first, started first, ");
}

TEST_CASE("example: go") {
  std::array<int, 4> squares{};
  auto text = std::make_unique<std::string>("moved");
  std::string received;
  newproc::run([&] {
    // [go]
    for (int i = 0; i < 4; ++i) {
      // zh: go 当场复制参数，之后 i 变了也不要紧。每个 goroutine 只写自己的一格，所以不用锁。
      // en: go copies its arguments at once, so i may change afterwards. Each goroutine writes its own
      //     element only, so no lock is needed.
      newproc::go([&squares](int n) { squares[static_cast<std::size_t>(n)] = n * n; }, i);
    }
    // zh: 只能移动的，移进去。 en: What can only be moved is moved in.
    newproc::go([&received](std::unique_ptr<std::string> s) { received = *s; }, std::move(text));
    // [go]
    while (newproc::num_goroutine() > 1) newproc::yield();
  });
  CHECK(squares == std::array{0, 1, 4, 9});
  CHECK(received == "moved");
}

TEST_CASE("example: yield") {
  // [yield]
  bool stop = false;
  long rounds = 0;
  newproc::run({.procs = 1}, [&] {
    newproc::go([&stop] { stop = true; });
    while (!stop) {
      ++rounds;  // zh: 算一段 en: compute for a while
      // zh: 没有抢占：这里不让出，唯一的 P 就一直是我们的，stop 永远是 false。
      // en: There is no preemption: unless we yield, we keep the only P and stop is false for ever.
      newproc::yield();
    }
  });
  // [yield]
  CHECK(rounds == 1);
}

// [goexit]
// zh: 找 name；没有就放弃整个 goroutine，不管它在多深的调用里。
// en: Looks for name; if it is not there, gives up the whole goroutine, however deep the call.
std::size_t must_find(std::span<const std::string> names, const std::string& name) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == name) return i;
  newproc::goexit();  // zh: 栈被展开，析构函数都会跑 en: the stack is unwound, destructors run
}
// [goexit]

TEST_CASE("example: goexit") {
  const std::vector<std::string> names{"G", "M", "P"};
  auto open = std::make_shared<int>();
  std::size_t found = 0;
  bool went_on = false;
  newproc::run([&] {
    newproc::go([&, copy = open] {
      found = must_find(names, "P");
      must_find(names, "Q");
      went_on = true;
    });
    while (newproc::num_goroutine() > 1) newproc::yield();
  });
  CHECK(found == 2);
  CHECK_FALSE(went_on);
  CHECK(open.use_count() == 1);
}

// [panic]
int at(std::span<const int> values, std::size_t i) {
  if (i >= values.size()) newproc::panic("index out of range");
  return values[i];
}

int at_or_zero(std::span<const int> values, std::size_t i) {
  try {
    return at(values, i);
  } catch (const newproc::panic_error& error) {  // zh: Go 里的 recover en: Go's recover
    std::printf("recovered: %s\n", error.what());
    return 0;
  }
}
// [panic]

TEST_CASE("example: panic") {
  const std::array values{7, 8};
  newproc::run([&values] {
    CHECK(at_or_zero(values, 1) == 8);
    CHECK(at_or_zero(values, 2) == 0);
    CHECK_THROWS_WITH_AS(at(values, 2), "index out of range", newproc::panic_error);
  });
}

TEST_CASE("example: gomaxprocs") {
  const int at_first = newproc::gomaxprocs();
  int during = 0;
  // [gomaxprocs]
  const int before = newproc::gomaxprocs(3);  // zh: 从下一次 run 起 en: from the next run on
  newproc::run([&during] {
    during = newproc::gomaxprocs();  // zh: 不给数，就只是问 en: without a number it only asks
  });
  newproc::gomaxprocs(before);
  // [gomaxprocs]
  CHECK(during == 3);
  CHECK(before == at_first);
  CHECK(newproc::gomaxprocs() == at_first);
}

TEST_CASE("example: num_cpu") {
  int procs = 0;
  // [num_cpu]
  // zh: 每个 CPU 一个 P，不管 $GOMAXPROCS 和 cgroup 的配额怎么说。
  // en: A P for every CPU, whatever $GOMAXPROCS and the cgroup's quota say.
  newproc::run({.procs = newproc::num_cpu()}, [&procs] { procs = newproc::gomaxprocs(); });
  // [num_cpu]
  CHECK(procs == newproc::num_cpu());
  CHECK(procs >= 1);
}

TEST_CASE("example: num_goroutine") {
  std::vector<int> done(100);
  long sum = 0;
  newproc::run([&] {
    // [num_goroutine]
    for (int& d : done) newproc::go([&d] { d = 1; });
    while (newproc::num_goroutine() > 1) newproc::yield();
    // zh: 别人都结束了，他们写的这里都看得见，不必用原子变量。
    // en: All others have ended and what they wrote is visible here, without atomics.
    for (const int d : done) sum += d;
    // [num_goroutine]
  });
  CHECK(sum == 100);
}

TEST_CASE("example: goid") {
  std::array<std::string, 2> lines;
  newproc::run([&lines] {
    // [goid]
    // zh: 日志里分得清谁是谁；编号不会重用。 en: Tells log lines apart; no number is used twice.
    const auto line = [](const std::string& words) {
      return "[goroutine " + std::to_string(newproc::goid()) + "] " + words;
    };
    lines[0] = line("hello");  // "[goroutine 1] hello"
    newproc::go([&] { lines[1] = line("hello"); });
    // [goid]
    while (newproc::num_goroutine() > 1) newproc::yield();
  });
  CHECK(lines[0] == "[goroutine 1] hello");
  CHECK(lines[1].starts_with("[goroutine "));
  CHECK(lines[1] != lines[0]);
}

std::string name_of_thread() {
  std::array<char, 16> name{};
  ::pthread_getname_np(::pthread_self(), name.data(), name.size());
  return name.data();
}

TEST_CASE("example: lock_os_thread") {
  std::string ours, others;
  newproc::run([&] {
    // [lock_os_thread]
    newproc::go([&ours] {
      // zh: 要改这个线程自己的东西（名字、信号掩码、命名空间）：先绑住，让出之后才还在它上面。绑着
      //     结束，线程也跟着结束，改过的东西不会落到别的 goroutine 头上。
      // en: To change what belongs to the thread (its name, signal mask, namespace), bind it first:
      //     then we are still on it after a yield. We end bound, so the thread ends too, and no other
      //     goroutine gets what we changed.
      newproc::lock_os_thread();
      ::pthread_setname_np(::pthread_self(), "network");
      newproc::yield();
      ours = name_of_thread();  // "network"
    });
    // [lock_os_thread]
    while (newproc::num_goroutine() > 1) newproc::yield();
    others = name_of_thread();
  });
  CHECK(ours == "network");
  CHECK(others != "network");
}

// [unlock_os_thread]
// zh: 在一段代码里绑着，怎样离开都解开，抛异常也一样；可以套着用，最外面的一层才真的解开。
// en: Bound within a scope and unbound on every way out of it, exceptions included. Scopes may nest:
//     the outermost one unbinds.
struct bound_to_thread {
  bound_to_thread() { newproc::lock_os_thread(); }
  ~bound_to_thread() { newproc::unlock_os_thread(); }
  bound_to_thread(const bound_to_thread&) = delete;
  bound_to_thread& operator=(const bound_to_thread&) = delete;
};
// [unlock_os_thread]

TEST_CASE("example: unlock_os_thread") {
  std::array<bool, 4> bound{};
  newproc::run([&bound] {
    const auto is_bound = [] { return newproc::rt::getg()->lockedm != nullptr; };
    {
      const bound_to_thread outer;
      {
        const bound_to_thread inner;
        bound[0] = is_bound();
      }
      bound[1] = is_bound();
    }
    bound[2] = is_bound();
    try {
      const bound_to_thread scope;
      newproc::panic("out");
    } catch (const newproc::panic_error&) {
      bound[3] = is_bound();
    }
  });
  CHECK(bound == std::array{true, true, false, false});
}

TEST_CASE("example: set_max_threads") {
  int during = 0;
  // [set_max_threads]
  // zh: 服务器用不着一万个线程：到了一百个就停下，以 thread exhaustion 告终。
  // en: A server that has no use for 10000 threads: at 100 it stops, told as "thread exhaustion".
  const int before = newproc::set_max_threads(100);
  // [set_max_threads]
  newproc::run([&] { during = newproc::set_max_threads(before); });
  CHECK(before == 10000);
  CHECK(during == 100);
}

TEST_CASE("example: sleep") {
  using std::chrono::steady_clock;
  const auto began = steady_clock::now();
  // [sleep]
  using namespace std::chrono_literals;
  int woken = 0;
  newproc::run({.procs = 1}, [&woken] {
    for (int i = 0; i < 100; ++i) {
      newproc::go([&woken] {
        newproc::sleep(5ms);  // zh: 睡着的不占线程，一百个一起睡 en: asleep it needs no thread
        ++woken;
      });
    }
    while (newproc::num_goroutine() > 1) newproc::sleep(1ms);
  });
  // [sleep]
  CHECK(woken == 100);
  CHECK(steady_clock::now() - began >= 5ms);
}

}  // namespace
