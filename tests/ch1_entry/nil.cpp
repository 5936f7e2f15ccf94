// zh: 不同的编译选项下，什么样的函数是空的（nil.hpp）。这里是 C++23（若编译器懂得），没有 RTTI。
// en: Which functions are empty, under other options of the compiler (nil.hpp). This is C++23, if the
//     compiler knows it, without RTTI.
#include "nil.hpp"

#include <functional>
#include <version>

#include "newproc/newproc.hpp"

namespace newproc::test {
namespace {

using rt::may_be_nil;

struct object {
  int field;
  void member() {}
};
void plain() {}

// zh: 照标准库的样子写的，比较是友元的、是成员的。
// en: Written as the standard library does, compared by a friend, by a member.
struct friendly {
  bool empty = true;
  void operator()() const {}
  friend bool operator==(const friendly& f, std::nullptr_t) { return f.empty; }
};
struct own {
  bool empty = true;
  void operator()() const {}
  bool operator==(std::nullptr_t) const { return empty; }
};
// zh: 转成指针、转成 bool，都不是说自己空不空。
// en: To convert to a pointer or to bool says nothing about being empty.
struct points {
  operator int*() const { return nullptr; }
  void operator()() const {}
};
struct answers_no {
  explicit operator bool() const { return false; }
  void operator()() const {}
};

[[maybe_unused]] const auto without_captures = [] {};
[[maybe_unused]] const auto of_anything = [](auto...) {};
[[maybe_unused]] const auto with_captures = [n = 0] { return n; };

static_assert(may_be_nil<void (*)()>);
static_assert(may_be_nil<void (*)() noexcept>);
static_assert(may_be_nil<void (object::*)()>);
static_assert(may_be_nil<int object::*>);
static_assert(may_be_nil<std::function<void()>>);
static_assert(may_be_nil<friendly>);
static_assert(may_be_nil<own>);
static_assert(!may_be_nil<points>);
static_assert(!may_be_nil<answers_no>);
static_assert(!may_be_nil<decltype(without_captures)>);
static_assert(!may_be_nil<decltype(of_anything)>);
static_assert(!may_be_nil<decltype(with_captures)>);
static_assert(!may_be_nil<std::reference_wrapper<void()>>);
static_assert(!may_be_nil<std::reference_wrapper<std::function<void()>>>);
static_assert(!may_be_nil<decltype(std::bind(plain))>);
static_assert(rt::is_nil(static_cast<void (*)()>(nullptr)));
static_assert(!rt::is_nil(&plain));

#if defined(__cpp_lib_move_only_function)
static_assert(may_be_nil<std::move_only_function<void()>>);
static_assert(may_be_nil<std::move_only_function<void() const noexcept>>);
static_assert(!may_be_nil<std::reference_wrapper<std::move_only_function<void()>>>);
#endif

}  // namespace

int go_the_full() {
  int ran = 0;
  const auto count = [&ran] { ++ran; };
  go(std::function<void()>(count));
  go(without_captures);
  go(of_anything);
  go(plain);
  go(friendly{.empty = false});
  go(points{});
  go(answers_no{});
  go(std::ref(count));
  go(&object::member, object{});
  int expected = 2;
#if defined(__cpp_lib_move_only_function)
  go(std::move_only_function<void()>(count));
  ++expected;
#endif
  while (num_goroutine() > 1) yield();
  return ran - expected;
}

bool go_the_empty(int which) {
  switch (which) {
    case 0:
      go(std::function<void(int)>(), 1);
      return true;
    case 1:
      go(static_cast<void (*)()>(nullptr));
      return true;
    case 2:
      go(static_cast<void (object::*)()>(nullptr), object{});
      return true;
    case 3:
      go(friendly{});
      return true;
    case 4:
      go(own{});
      return true;
#if defined(__cpp_lib_move_only_function)
    case 5:
      go(std::move_only_function<void()>());
      return true;
#endif
    default:
      return false;
  }
}

}  // namespace newproc::test
