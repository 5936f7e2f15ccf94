// zh: 公开接口：select。
// en: The public interface: select.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>

#include "newproc/chan.hpp"
#include "newproc/detail/hchan.hpp"

namespace newproc {

namespace rt {

/// zh: 没有给处理函数的。 en: Where no handler is given.
struct no_handler {
  void operator()() const {}
};

/// zh: 收的情形。它有通道的一个引用、值的地方、处理函数。
/// en: A case that receives. It has a reference to its channel, a place for the value, a handler.
template <class T, class F>
class recv_case {
 public:
  recv_case(chan<T> c, F f) : c_(std::move(c)), f_(std::move(f)) {}
  recv_case(recv_case&& other) : c_(std::move(other.c_)), f_(std::move(other.f_)) {}
  recv_case& operator=(recv_case&&) = delete;

  scase ready() { return {chan_access<T>::core(c_), &place_, false}; }
  /// zh: 选中了它：@p received 是收到了，否则通道关了。
  /// en: It was chosen: @p received, else the channel is closed.
  void run(bool received) {
    std::optional<T> value;
    if (received) place_.take(value);
    if constexpr (std::is_invocable_v<F&, std::optional<T>>)
      std::invoke(f_, std::move(value));
    else
      std::invoke(f_);
  }

 private:
  chan<T> c_;
  F f_;
  slot<T> place_;
};

/// zh: 发的情形；没有选中，值就还在里面。 en: A case that sends; unless chosen, the value stays inside.
template <class T, class F>
class send_case {
 public:
  send_case(chan<T> c, T value, F f)
      : c_(std::move(c)), value_(std::move(value)), f_(std::move(f)) {}

  scase ready() { return {chan_access<T>::core(c_), &value_, true}; }
  void run(bool) { std::invoke(f_); }

 private:
  chan<T> c_;
  T value_;
  F f_;
};

/// zh: 都不可行的时候。 en: For when none of the others can go on.
template <class F>
class default_case {
 public:
  explicit default_case(F f) : f_(std::move(f)) {}
  void run(bool) { std::invoke(f_); }

 private:
  F f_;
};

template <class C>
inline constexpr bool is_default = false;
template <class F>
inline constexpr bool is_default<default_case<F>> = true;
template <class C>
inline constexpr bool is_case = is_default<C>;
template <class T, class F>
inline constexpr bool is_case<recv_case<T, F>> = true;
template <class T, class F>
inline constexpr bool is_case<send_case<T, F>> = true;

/// zh: on_recv、on_send、otherwise 返回的。 en: What on_recv, on_send and otherwise return.
template <class C>
concept select_part = is_case<std::remove_cvref_t<C>>;

}  // namespace rt

/// zh: 从 @p c 收；选中则 @p f(std::optional<T>)，nullopt 是关了；f 也可以不要参数，可以省略。
/// en: Receives from @p c; if chosen, @p f(std::optional<T>), with nullopt if it is closed. f may also take
///     nothing, or be left out.
/// @snippet tests/newproc/examples_test.cpp select
template <class T, class F = rt::no_handler>
  requires std::invocable<F&, std::optional<T>> || std::invocable<F&>
[[nodiscard]] rt::recv_case<T, F> on_recv(chan<T> c, F f = {}) {
  return {std::move(c), std::move(f)};
}

/// zh: 往 @p c 发 @p value；选中则 @p f()，可以省略。选中了而通道关了，从 select 里 panic。
/// en: Sends @p value to @p c; if chosen, @p f(), which may be left out. If it is chosen and the channel is
///     closed, select panics.
/// @snippet tests/newproc/examples_test.cpp select
template <class T, class V, std::invocable F = rt::no_handler>
  requires std::convertible_to<V, T>
[[nodiscard]] rt::send_case<T, F> on_send(chan<T> c, V&& value, F f = {}) {
  return {std::move(c), std::forward<V>(value), std::move(f)};
}

/// zh: 别的都不可行就 @p f()，不等；要放在最后。
/// en: If none of the others can go on, @p f(), without waiting; must stand last.
/// @snippet tests/newproc/examples_test.cpp otherwise
template <std::invocable F = rt::no_handler>
[[nodiscard]] rt::default_case<F> otherwise(F f = {}) {
  return rt::default_case<F>(std::move(f));
}

/// zh: 不问是哪一种的情形：个数在运行时才知道的 select 用它。on_recv、on_send、otherwise 返回的都能转成它。
/// en: A case of whatever kind: for a select whose number of cases is known at run time only. What on_recv,
///     on_send and otherwise return converts to it.
class select_case {
 public:
  template <rt::select_part C>
  select_case(C&& c) : part_(std::make_unique<part<std::remove_cvref_t<C>>>(std::forward<C>(c))) {}

 private:
  friend std::size_t select(std::span<select_case> cases);

  struct any_part {
    virtual ~any_part() = default;
    virtual bool waits() const = 0;
    virtual rt::scase ready() = 0;
    virtual void run(bool received) = 0;
  };
  template <class C>
  struct part final : any_part {
    explicit part(C&& c) : c_(std::move(c)) {}
    bool waits() const override { return !rt::is_default<C>; }
    rt::scase ready() override {
      if constexpr (rt::is_default<C>)
        return {};
      else
        return c_.ready();
    }
    void run(bool received) override { c_.run(received); }
    C c_;
  };

  std::unique_ptr<any_part> part_;
};

/// zh: 等到一个情形可行，做它，跑它的处理函数，返回它是第几个（从 0 起）。几个都可行则等概率地随机；nil 通道
///     的情形从不可行；同一个通道可以出现几次。处理函数在锁都放开之后跑：可以停下，可以再 select，可以抛出异
///     常。什么也不给，就永远等着。
/// en: Waits until one of the cases can go on, does it, runs its handler, and returns which it was, counting
///     from 0. If several can, each is equally likely; a case of a nil channel never can; one channel may
///     stand in several cases. Handlers run after all locks are released: they may wait, select again, throw.
///     With no case at all it waits for ever.
/// @snippet tests/newproc/examples_test.cpp select
template <rt::select_part... C>
[[gnu::always_inline]] inline std::size_t select(C&&... cases) {
  constexpr std::size_t all = sizeof...(C);
  constexpr std::array<bool, all> waits{!rt::is_default<std::remove_cvref_t<C>>...};
  constexpr bool wait = all == 0 || waits[all - 1];
  constexpr std::size_t n = wait ? all : all - 1;
  static_assert(
      [waits] {
        for (std::size_t i = 0; i < n; ++i)
          if (!waits[i]) return false;
        return true;
      }(),
      "otherwise must stand last, and once");

  std::array<rt::scase, n> list;
  std::array<std::uint32_t, 2 * n> orders;
  std::size_t filled = 0;
  [[maybe_unused]] const auto fill = [&](auto& c) {
    if constexpr (!rt::is_default<std::remove_cvref_t<decltype(c)>>) list[filled++] = c.ready();
  };
  (fill(cases), ...);
  const rt::selected chosen = rt::selectgo(list.data(), orders.data(), n, wait);
  std::size_t at = 0;
  ((at++ == chosen.index ? cases.run(chosen.received) : void()), ...);
  return chosen.index;
}

/// zh: 同上，个数在运行时才知道。没有选中的，值还在里面；这些情形可以再用（发掉的，值是移走了的样子）。
/// en: The same for a number of cases that is known at run time only. What was not chosen keeps its value;
///     the cases may be used again (the value of one that was sent is moved from).
/// @snippet tests/newproc/examples_test.cpp select-span
std::size_t select(std::span<select_case> cases);

}  // namespace newproc
