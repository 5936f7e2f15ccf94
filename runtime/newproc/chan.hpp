// zh: 公开接口：通道。
// en: The public interface: channels.
#pragma once

#include <cstddef>
#include <iterator>
#include <optional>
#include <type_traits>
#include <utility>

#include "newproc/detail/hchan.hpp"

namespace newproc {

template <class T>
class chan;

namespace rt {

/// zh: 通道和它的核心之间：只给本库的头文件。 en: Between a channel and its core: for this library's headers.
template <class T>
struct chan_access {
  static hchan* core(const chan<T>& c) { return c.c_; }
  /// zh: 接过 @p c 的一个引用。 en: Takes over one reference of @p c.
  static chan<T> adopt(hchan* c) { return chan<T>(c); }
};

}  // namespace rt

/// zh: 一个通道的引用，同 Go：复制出来的是同一个通道；默认构造的是 nil。T 只须能移动。
///     元素移动和析构时，通道是锁着的：它们不许停下，也不许碰通道。
/// en: A reference to a channel, as in Go: copies are the same channel; a default-constructed one is nil.
///     T need only be movable. While an element moves or is destroyed the channel is locked: that code must
///     not park and must not use channels.
/// @snippet tests/newproc/examples_test.cpp chan
template <class T>
class chan {
  static_assert(std::is_object_v<T> && std::is_move_constructible_v<T>);

 public:
  using value_type = T;

  /// zh: nil：收发永远等着，close 是 panic。 en: nil: sending and receiving wait for ever, close panics.
  chan() = default;
  chan(const chan& other) : c_(other.c_) { rt::chanretain(c_); }
  chan(chan&& other) noexcept : c_(std::exchange(other.c_, nullptr)) {}
  chan& operator=(chan other) noexcept {
    std::swap(c_, other.c_);
    return *this;
  }
  ~chan() { rt::chanrelease(c_); }

  /// zh: 发送：等到有人收，或缓冲里有地方。通道关了则 panic：send on closed channel。
  /// en: Sends: waits until another goroutine receives, or the buffer has room. Panics if the channel is
  ///     closed: send on closed channel.
  [[gnu::always_inline]] void send(T value) const { rt::chansend(c_, &value, true); }

  /// zh: 接收：等到有值；关了而且收完了则 nullopt。
  /// en: Receives: waits until there is a value; nullopt if the channel is closed and drained.
  [[gnu::always_inline]] std::optional<T> recv() const {
    rt::slot<T> s;
    std::optional<T> value;
    if (rt::chanrecv(c_, &s, true) == chan_op::success) s.take(value);
    return value;
  }

  /// zh: 不等：success，或者 full，那时 @p value 没有动。通道关了则 panic。
  /// en: Does not wait: success, or full, and @p value was not touched then. Panics if the channel is closed.
  /// @snippet tests/newproc/examples_test.cpp try_send
  [[gnu::always_inline]] chan_op try_send(T& value) const { return rt::chansend(c_, &value, false); }
  [[gnu::always_inline]] chan_op try_send(T&& value) const {
    return rt::chansend(c_, &value, false);
  }

  /// zh: 不等：success；empty 或 closed（关了，也收完了），那时 @p target 没有动。
  /// en: Does not wait: success; empty or closed (and drained), and @p target was not touched then.
  /// @snippet tests/newproc/examples_test.cpp try_recv
  [[gnu::always_inline]] chan_op try_recv(T& target) const {
    rt::slot<T> s;
    const chan_op op = rt::chanrecv(c_, &s, false);
    if (op == chan_op::success) {
      std::optional<T> value;
      s.take(value);
      target = std::move(*value);
    }
    return op;
  }

  /// zh: 关闭：等着收的都醒来，得到 nullopt；等着发的都 panic。已经关了、或是 nil，则 panic。
  /// en: Closes it: all that wait to receive wake and get nullopt, all that wait to send panic. Panics if it
  ///     is closed already, or nil.
  /// @snippet tests/newproc/examples_test.cpp close
  [[gnu::always_inline]] void close() const { rt::closechan(c_); }

  /// zh: 缓冲里有几个；缓冲有多大。都可以随时问，不必在 goroutine 里。
  /// en: How many are in the buffer; how large it is. May be asked at any time, outside of goroutines too.
  [[nodiscard]] std::size_t len() const { return rt::chanlen(c_); }
  [[nodiscard]] std::size_t cap() const { return rt::chancap(c_); }

  /// zh: 不是 nil。 en: Not nil.
  explicit operator bool() const { return c_ != nullptr; }
  /// zh: 是同一个通道。 en: The same channel.
  friend bool operator==(const chan& a, const chan& b) { return a.c_ == b.c_; }

  /// zh: 一个一个地收，直到关闭。 en: Receives one after another, until closed.
  class iterator {
   public:
    using iterator_concept = std::input_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;

    explicit iterator(chan c) : c_(std::move(c)) { ++*this; }
    /// zh: 把收到的搬出来，只许一次。 en: Moves out what was received; once only.
    T operator*() const { return std::move(*value_); }
    iterator& operator++() {
      value_.reset();
      rt::slot<T> s;
      if (rt::chanrecv(c_.c_, &s, true) == chan_op::success) s.take(value_);
      return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(const iterator& i, std::default_sentinel_t) { return !i.value_; }

   private:
    chan c_;
    mutable std::optional<T> value_;
  };
  /// zh: for (T v : c) 收到关闭为止；只能移动的 T 也行。
  /// en: for (T v : c) receives until the channel is closed; also a T that can only be moved.
  /// @snippet tests/newproc/examples_test.cpp range
  iterator begin() const { return iterator(*this); }
  [[nodiscard]] std::default_sentinel_t end() const { return {}; }

 private:
  friend rt::chan_access<T>;
  explicit chan(rt::hchan* c) : c_(c) {}

  rt::hchan* c_ = nullptr;
};

/// zh: 造一个通道，缓冲里放得下 @p capacity 个；0：没有缓冲，发和收要碰面。放不下则 panic：makechan: size
///     out of range。
/// en: Makes a channel whose buffer has room for @p capacity elements; 0: no buffer, sender and receiver must
///     meet. Panics if there is no memory for that many: makechan: size out of range.
/// @snippet tests/newproc/examples_test.cpp chan
template <class T>
[[nodiscard]] chan<T> make_chan(std::size_t capacity = 0) {
  return rt::chan_access<T>::adopt(rt::makechan(rt::chantype_of<T>, capacity));
}

}  // namespace newproc
