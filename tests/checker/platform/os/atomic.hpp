// zh: 模拟平台的原子变量、屏障和普通字段。契约同 runtime/platform/linux/os/atomic.hpp；
//     每次操作都是一个调度点，读可以读到旧值。
// en: The simulated platform's atomics, fences and plain fields. The contract is that of
//     runtime/platform/linux/os/atomic.hpp; every operation is a scheduling point, and a load may
//     return a stale value.
#pragma once

#include <cstdint>
#include <cstring>
#include <type_traits>

#include "engine/race.hpp"
#include "engine/simulator.hpp"

namespace newproc::os {

using order = std::memory_order;

template <class T>
class atomic {
  static_assert(sizeof(T) <= 8 && std::is_trivially_copyable_v<T>);
  using at = checker::site;

 public:
  atomic() noexcept : atomic(T{}) {}
  atomic(T value) noexcept { cell_.bits = encode(value); }
  atomic(const atomic&) = delete;
  atomic& operator=(const atomic&) = delete;

  [[nodiscard]] T load(order o, at where = at::current()) const {
    return decode(checker::the_simulator.load(cell_, o, where));
  }
  void store(T value, order o, at where = at::current()) {
    checker::the_simulator.store(cell_, encode(value), o, where);
  }
  T exchange(T value, order o, at where = at::current()) {
    return change([value](T) { return value; }, o, "exchange", where);
  }
  T fetch_add(T n, order o, at where = at::current()) {
    return change([n](T v) { return static_cast<T>(v + n); }, o, "add", where);
  }
  T fetch_sub(T n, order o, at where = at::current()) {
    return change([n](T v) { return static_cast<T>(v - n); }, o, "subtract", where);
  }
  T fetch_or(T n, order o, at where = at::current()) {
    return change([n](T v) { return static_cast<T>(v | n); }, o, "or", where);
  }
  T fetch_and(T n, order o, at where = at::current()) {
    return change([n](T v) { return static_cast<T>(v & n); }, o, "and", where);
  }
  bool compare_exchange_strong(T& expected, T desired, order success, order failure,
                               at where = at::current()) {
    return compare_exchange(expected, desired, success, failure, false, where);
  }
  bool compare_exchange_weak(T& expected, T desired, order success, order failure,
                             at where = at::current()) {
    return compare_exchange(expected, desired, success, failure, true, where);
  }

  checker::cell& raw() { return cell_; }

 private:
  static std::uint64_t encode(T value) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof value);
    return bits;
  }
  static T decode(std::uint64_t bits) {
    T value;
    std::memcpy(&value, &bits, sizeof value);
    return value;
  }
  template <class F>
  T change(F f, order o, const char* what, at where) {
    return decode(checker::the_simulator.update(
        cell_, [f](std::uint64_t v) { return encode(f(decode(v))); }, o, what, where));
  }
  bool compare_exchange(T& expected, T desired, order success, order failure, bool weak, at where) {
    std::uint64_t bits = encode(expected);
    const bool done = checker::the_simulator.compare_exchange(cell_, bits, encode(desired), success,
                                                              failure, weak, where);
    expected = decode(bits);
    return done;
  }

  checker::cell cell_;
};

/// zh: 只为统计而设的原子变量：没有人依它做决定，所以不是调度点。
/// en: An atomic that only counts: nobody decides by it, so it is no scheduling point.
template <class T>
class tally {
 public:
  tally() = default;
  tally(T value) : value_(value) {}
  [[nodiscard]] T load(order) const { return value_; }
  void store(T value, order) { value_ = value; }

 private:
  T value_{};
};

/// zh: 普通字段：查数据竞争，不是调度点。
/// en: A plain field: checked for races, no scheduling point.
template <class T>
class var {
 public:
  var() = default;
  var(T value) : value_(value) {}
  var(const var&) = delete;
  // zh: 读写各记一次。 en: Each read and each write is noted.
  [[gnu::always_inline]] operator T() const {
    checker::reads(record_);
    return value_;
  }
  [[gnu::always_inline]] T operator->() const requires std::is_pointer_v<T> {
    checker::reads(record_);
    return value_;
  }
  [[gnu::always_inline]] var& operator=(T value) {
    checker::writes(record_);
    value_ = value;
    return *this;
  }
  [[gnu::always_inline]] var& operator=(const var& other) {
    checker::reads(other.record_);
    return *this = other.value_;
  }
  [[gnu::always_inline]] T operator++() { return *this = static_cast<T>(*this) + 1; }
  [[gnu::always_inline]] T operator--() { return *this = static_cast<T>(*this) - 1; }
  [[gnu::always_inline]] T operator++(int) {
    const T before = *this;
    *this = before + 1;
    return before;
  }

 private:
  T value_{};
  mutable checker::race_record record_;
};

inline void fence(order o, checker::site where = checker::site::current()) {
  checker::the_simulator.fence(o, where);
}

inline void spin_pause(checker::site where = checker::site::current()) {
  checker::the_simulator.give_way("pauses", where);
}

}  // namespace newproc::os
