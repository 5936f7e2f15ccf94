// zh: go 语句背后的机器：闭包怎样搬进新的 G，空的函数怎样认出来；以及 run 的后半。只给 go.hpp 用。
// en: The machinery behind the go statement: how a closure moves into a new G, how an empty function is
//     recognised; and run's second half. For go.hpp alone.
#pragma once

#include <concepts>
#include <cstddef>
#include <functional>
#include <tuple>
#include <type_traits>
#include <utility>

namespace newproc::rt {

// [funcval]
/// zh: 一个可以 go 的函数：闭包多大、怎样调用。Go 的 funcval 是代码指针带着捕获的变量；
///     这里两者分开：代码在 funcval，变量就地构造在新 G 里。
/// en: A function that can be started with go: how large its closure is, how it is called. Go's
///     funcval is a code pointer with the captured variables behind it; here the two are apart: the
///     code in the funcval, the variables built in place inside the new G.
/// Go: runtime2.go, funcval
struct funcval {
  std::size_t size;
  std::size_t align;
  void (*call)(void* closure);  ///< zh: 调用，然后析构闭包 en: calls, then destroys the closure
};
// [funcval]

/// zh: 在新 G 里就地构造闭包；可能抛出。
/// en: Builds the closure in place inside the new G; may throw.
struct closure_builder {
  void (*build)(void* where, void* from);
  void* from;
};

/// zh: go 语句落到这里。@p callerpc 是 go 语句之后的指令。 en: The go statement lands here.
/// Go: proc.go, newproc
void newproc(const funcval& fn, closure_builder builder);

/// zh: 致命错误：go of nil func value。 en: Fatal: go of nil func value.
[[noreturn]] void go_of_nil();

/// zh: 在 catch (...) 里：捕获的是 goexit 吗？ en: Within a catch (...): is it goexit that was caught?
bool left_by_goexit();

/// zh: go 的函数和参数，就地构造在新 G 里，只用一次。
/// en: The function and the arguments of a go statement, built in place inside the new G; used
///     once.
template <class F, class... A>
struct closure {
  F f;
  std::tuple<A...> a;

  /// zh: 函数和参数都作为右值用掉。 en: Uses up the function and the arguments, as rvalues.
  void operator()() {
    std::apply([this](A&... args) { std::invoke(std::move(f), std::move(args)...); }, a);
  }
  /// zh: 调用 @p self；无论怎样离开（返回、异常、goexit），都析构它。
  /// en: Calls @p self; however that is left (return, exception, goexit), destroys it.
  static void call(void* self) {
    struct guard {
      closure* c;
      ~guard() { c->~closure(); }
    } g{static_cast<closure*>(self)};
    (*g.c)();
  }
};

template <class C>
inline constexpr funcval funcval_of{sizeof(C), alignof(C), &C::call};

template <class F>
inline constexpr bool is_reference_wrapper = false;
template <class F>
inline constexpr bool is_reference_wrapper<std::reference_wrapper<F>> = true;

/// zh: 能与 nullptr 比较的，就可能是空的：函数指针、成员指针、std::function、std::move_only_function，
///     和照它们的样子写的。没有捕获的 lambda 也能比，只因它能转成指针（+f），从来不空；reference_wrapper 引用的
///     东西，要到调用时才算数。
/// en: What can be compared with nullptr may be empty: pointers to functions and members,
///     std::function, std::move_only_function, and what is written like them. A lambda without
///     captures can be compared too, but only as it converts to a pointer (+f), and is never empty;
///     what a reference_wrapper refers to counts when it is called, not before.
template <class F>
concept may_be_nil = std::is_pointer_v<F> || std::is_member_pointer_v<F> ||(
    !is_reference_wrapper<F> && !requires(const F& f) { +f; } &&
    requires(const F& f) {
      { f == nullptr } -> std::convertible_to<bool>;
    });

/// zh: 空的函数，Go 的 nil。 en: An empty function, Go's nil.
template <class F>
constexpr bool is_nil([[maybe_unused]] const F& f) {
  if constexpr (may_be_nil<F>)
    return f == nullptr;
  else
    return false;
}

/// zh: 主函数：@p from 是 run_main 收到的，返回 run 的结果。
/// en: The main function: @p from is what run_main was given, the result is run's.
using main_function = int (*)(void* from);

/// zh: run 的后半，不是模板；@p procs、@p stack_bytes 为 0 是默认值。返回 f(from) 的结果；f 若以
///     goexit 离开，就不再返回。异常同 run。
/// en: run's second half, no template; 0 for @p procs, @p stack_bytes means the default. Returns
///     what f(from) does; never, if f left by goexit. Errors as in run.
int run_main(int procs, std::size_t stack_bytes, main_function f, void* from);

}  // namespace newproc::rt
