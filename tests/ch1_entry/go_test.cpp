// zh: go 语句：捕获什么都行，参数怎样传，移动时抛出或让出，空函数，调用者的 pc。
// en: The go statement: captures of all kinds, how arguments are passed, moves that throw or yield,
//     null functions, the caller's pc.
#include <dlfcn.h>
#include <doctest/doctest.h>

#include <memory>
#include <stdexcept>
#include <string>

#include "death.hpp"
#include "elsewhere.hpp"
#include "newproc/newproc.hpp"
#include "nil.hpp"
#include "support.hpp"

namespace newproc::test {

/// zh: 不许内联，名字要让 dladdr 找得到。 en: Not inlined, and with a name that dladdr can find.
[[gnu::noinline]] void the_go_statement_is_here(const void** pc) {
  go([pc] { *pc = rt::getg()->gopc; });
  asm volatile("");
}

namespace {

TEST_CASE("the callerpc of newproc lies in the function with the go statement") {
  const void* pc = nullptr;
  run({.procs = 1}, [&pc] {
    the_go_statement_is_here(&pc);
    until_alone();
  });
  Dl_info info{};
  REQUIRE(::dladdr(pc, &info) != 0);
  CHECK(info.dli_saddr == reinterpret_cast<void*>(&the_go_statement_is_here));
}

TEST_CASE("captures and arguments may be movable only") {
  int sum = 0;
  run({.procs = 1}, [&sum] {
    go([&sum, p = std::make_unique<int>(1)] { sum += *p; });
    go([&sum](std::unique_ptr<int> p) { sum += *p; }, std::make_unique<int>(10));
    go([&sum](const std::unique_ptr<int>& p) { sum += *p; }, std::make_unique<int>(100));
    until_alone();
  });
  CHECK(sum == 111);
}

TEST_CASE("arguments are decayed and passed as rvalues") {
  std::string got;
  int referred = 0;
  run({.procs = 1}, [&] {
    std::string text = "text";
    const char array[] = "array";
    go([&got](std::string&& s, const char* a, int&& n) { got = s + a + std::to_string(n); }, text,
       array, 7);
    go([](int& n) { n = 5; }, std::ref(referred));
    CHECK(text == "text");  // zh: 副本被移走，原件还在 en: a copy was moved, the original remains
    until_alone();
  });
  CHECK(got == "textarray7");
  CHECK(referred == 5);
}

struct object {
  int value = 0;
  void add(int n) { value += n; }
};
int plain_sum = 0;
void plain(int n) { plain_sum += n; }

TEST_CASE("functions and member functions and function objects can be started with go") {
  object o;
  plain_sum = 0;
  int called = 0;
  run({.procs = 1}, [&] {
    go(plain, 3);
    go(&plain, 4);
    go(&object::add, &o, 5);
    go(std::function<void()>([&called] { ++called; }));
    struct {
      int* n;
      int operator()() { return ++*n; }  // zh: 返回值被丢弃 en: the result is dropped
    } mutable_object{&called};
    go(mutable_object);
    until_alone();
  });
  CHECK(plain_sum == 7);
  CHECK(o.value == 5);
  CHECK(called == 2);
}

template <std::size_t align>
struct alignas(align) aligned {
  unsigned char bytes[align] = {1, 2, 3};
  aligned() = default;
  // zh: 复制不平凡，所以按地址传递：GCC 不必为传值的 ABI 变动作说明。
  // en: Copied by code of its own, hence passed by address: GCC need not remark on the ABI of
  //     values.
  aligned(const aligned& other) { std::copy(other.bytes, other.bytes + align, bytes); }
  [[nodiscard]] bool right() const {
    // zh: 编译器相信 alignas，直接写取余会被它算成 0。
    // en: The compiler trusts alignas and would fold the remainder to 0.
    auto address = reinterpret_cast<std::uintptr_t>(this);
    asm volatile("" : "+r"(address));
    return address % align == 0 && bytes[2] == 3;
  }
};

template <std::size_t align>
int aligned_captures() {
  int right = 0;
  run({.procs = 1}, [&right] {
    for (int i = 0; i < 20;
         ++i)  // zh: 相邻的栈染色不同 en: neighbouring stacks have different colours
      go([&right, a = aligned<align>{}] { right += a.right(); });
    until_alone();
    go([&right](const aligned<align>& a) { right += a.right(); }, aligned<align>{});
    until_alone();
  });
  return right;
}

TEST_CASE("captures may be aligned beyond the default") {
  CHECK(aligned_captures<16>() == 21);
  CHECK(aligned_captures<64>() == 21);
  CHECK(aligned_captures<256>() == 21);
  CHECK(aligned_captures<4096>() == 21);
}

TEST_CASE("a large capture arrives whole") {
  std::array<unsigned char, 8192> data;
  for (std::size_t i = 0; i < data.size(); ++i) data[i] = static_cast<unsigned char>(i * 7);
  bool whole = false;
  run({.procs = 1}, [&] {
    go([&whole, &data, copy = data] { whole = copy == data; });
    until_alone();
  });
  CHECK(whole);
}

struct counted {
  static inline int alive = 0;
  counted() { ++alive; }
  counted(const counted&) { ++alive; }
  counted(counted&&) noexcept { ++alive; }
  ~counted() { --alive; }
};

TEST_CASE("the closure is destroyed once when its goroutine ends") {
  counted::alive = 0;
  run({.procs = 1}, [] {
    go([c = counted{}] {});
    go([](counted) {}, counted{});
    CHECK(counted::alive == 2);
    until_alone();
    CHECK(counted::alive == 0);
  });
}

struct throws_when_moved {
  counted c;
  bool* armed;
  explicit throws_when_moved(bool* a) : armed(a) {}
  throws_when_moved(throws_when_moved&& other) : armed(other.armed) {
    if (*armed) throw std::runtime_error("moved");
  }
  void operator()() const {}
};

TEST_CASE("a move that throws inside go propagates and leaves no goroutine behind") {
  counted::alive = 0;
  run({.procs = 1}, [] {
    bool armed = true;
    const auto attempt = [&armed] {
      try {
        go(throws_when_moved(&armed));
      } catch (const std::runtime_error& e) {
        return std::string(e.what()) == "moved";
      }
      return false;
    };
    CHECK(attempt());
    CHECK(num_goroutine() == 1);
    CHECK(counted::alive == 0);
    const rt::P* p = rt::getg()->m->p;
    const std::int32_t dead = p->gfree.n;
    CHECK(dead == 1);
    bool always = true;
    for (int i = 0; i < 1000; ++i) always = always && attempt();
    CHECK(always);
    CHECK(num_goroutine() == 1);
    CHECK(p->gfree.n == dead);
    const os::lock_guard hold(rt::sched.allglock);
    CHECK(rt::sched.allgs.size() == 2);
  });
}

TEST_CASE("an argument whose move throws takes the function object with it") {
  counted::alive = 0;
  run({.procs = 1}, [] {
    bool armed = true;
    CHECK_THROWS_AS(go([c = counted{}](const throws_when_moved&) {}, throws_when_moved(&armed)),
                    std::runtime_error);
    CHECK(counted::alive == 0);
    CHECK(num_goroutine() == 1);
    armed = false;
    bool ran = false;
    go([&ran](const throws_when_moved&) { ran = true; }, throws_when_moved(&armed));
    until_alone();
    CHECK(ran);
    CHECK(counted::alive == 0);
  });
}

struct yields_when_moved {
  std::atomic<int>* moves;
  explicit yields_when_moved(std::atomic<int>* m) : moves(m) {}
  yields_when_moved(yields_when_moved&& other) noexcept : moves(other.moves) {
    for (int i = 0; i < 3; ++i) yield();
    moves->fetch_add(1);
  }
  void operator()() const { moves->fetch_add(100); }
};

TEST_CASE("a move constructor may yield") {
  for (const int procs : {1, 2}) {
    std::atomic<int> moves{0}, others{0};
    run({.procs = procs}, [&] {
      for (int i = 0; i < 10; ++i) {
        go([&others] { others.fetch_add(1); });
        go(yields_when_moved(&moves));
        until_alone();
      }
    });
    CHECK(moves.load() == 10 * 101);
    CHECK(others.load() == 10);
  }
}

// zh: 移动构造把 goroutine 带到了另一个 M 上：newproc1 不许还用着旧的 P。
// en: The move constructor takes the goroutine to another M: newproc1 must not go on with the old
//     P.
struct migrates_when_moved {
  std::atomic<bool>* ran;
  explicit migrates_when_moved(std::atomic<bool>* r) : ran(r) {}
  migrates_when_moved(migrates_when_moved&& other) noexcept : ran(other.ran) { go_elsewhere(); }
  void operator()() const { ran->store(true); }
};

TEST_CASE("a move constructor may end on another thread") {
  for (int i = 0; i < repeat(100); ++i) {
    std::atomic<bool> ran{false};
    run({.procs = 2}, [&ran] {
      go(migrates_when_moved(&ran));
      until_alone();
    });
    CHECK(ran.load());
  }
}

struct goes_when_moved {
  int* count;
  explicit goes_when_moved(int* c) : count(c) {}
  goes_when_moved(goes_when_moved&& other) noexcept : count(other.count) {
    go([c = count] { *c += 1; });
  }
  void operator()() const { *count += 10; }
};

TEST_CASE("a move constructor may contain a go statement") {
  int count = 0;
  run({.procs = 1}, [&count] {
    go(goes_when_moved(&count));
    until_alone();
  });
  CHECK(count == 11);
}

TEST_CASE("go of nil func value is fatal") {
  const auto check = [](auto f) {
    const ending e = in_child([f] { run({.procs = 1}, [f] { go(f); }); });
    CHECK(e.exit_code == 2);
    CHECK(e.head(3) == "fatal error: go of nil func value\n\ngoroutine 1 [running]:\n");
  };
  check(static_cast<void (*)()>(nullptr));
  check(std::function<void()>{});
}

TEST_CASE("go of any empty function is fatal, with C++23 and without RTTI too") {
  int kinds = 0;
  for (; kinds < 100; ++kinds) {
    CAPTURE(kinds);
    const int which = kinds;
    const ending e = in_child(
        [which] { return run({.procs = 1}, [which] { return go_the_empty(which) ? 1 : 77; }); });
    if (e.exit_code == 77) break;
    CHECK(e.exit_code == 2);
    CHECK(e.head(1) == "fatal error: go of nil func value\n");
  }
  CHECK(kinds >= 5);
}

TEST_CASE("go of a function that is not empty runs it, with C++23 and without RTTI too") {
  CHECK(run({.procs = 1}, [] { return go_the_full(); }) == 0);
}

TEST_CASE("go of a null member function is fatal") {
  const ending e = in_child([] {
    run({.procs = 1}, [] {
      object o;
      go(static_cast<void (object::*)(int)>(nullptr), &o, 1);
    });
  });
  CHECK(e.exit_code == 2);
  CHECK(e.head(1) == "fatal error: go of nil func value\n");
}

}  // namespace
}  // namespace newproc::test
