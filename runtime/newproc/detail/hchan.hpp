// zh: 通道的核心，不知道元素是什么类型：只知道它多大、怎样搬。chan.hpp 和 select.hpp 是它的外衣。
// en: The core of channels. It does not know the elements' type, only how large they are and how they move.
//     chan.hpp and select.hpp are its clothes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace newproc {

/// zh: 一次操作的结果。 en: What came of an operation.
enum class chan_op { success, empty, full, closed };

namespace rt {

struct hchan;

/// zh: 一种元素：多大，怎样搬。不必说的是空指针：move 为空，抄字节就行；destroy 为空，不必析构。
/// en: A kind of element: how large it is, how it moves. Null where nothing need be said: without move its
///     bytes are copied, without destroy it needs no destructor.
struct chantype {
  std::size_t size, align;
  void (*move)(void* to, void* from);  // zh: 在 to 处由 from 构造；可能抛出 en: constructs at `to` from `from`; may throw
  void (*destroy)(void*);
};

template <class T>
inline constexpr chantype chantype_of{
    sizeof(T), alignof(T),
    std::is_trivially_copyable_v<T>
        ? nullptr
        : +[](void* to, void* from) { ::new (to) T(std::move(*static_cast<T*>(from))); },
    std::is_trivially_destructible_v<T> ? nullptr : +[](void* t) { static_cast<T*>(t)->~T(); }};

/// zh: 一个元素的地方，起先空着；核心在里面构造它。
/// en: A place for an element, empty at first; the core constructs it there.
template <class T>
union slot {
  slot() {}
  ~slot() {}
  slot(const slot&) = delete;
  slot& operator=(const slot&) = delete;

  /// zh: 里面的元素搬进 @p to，地方又空了；搬的时候抛出，元素也没有了。
  /// en: The element inside moves into @p to and the place is empty again; so it is if the move throws.
  void take(std::optional<T>& to) {
    const struct emptied {
      T* t;
      ~emptied() { std::destroy_at(t); }
    } after{&value};
    to.emplace(std::move(value));
  }

  T value;
};

/// zh: 造一个通道，有一个引用；放不下则抛出 panic_error。哪里都可以调用。
/// en: Makes a channel with one reference; panic_error if there is no room for it. May be called anywhere.
/// Go: chan.go, makechan
hchan* makechan(const chantype& type, std::size_t capacity);
/// zh: 多一个引用；@p c 可以是空的，下同。 en: One more reference; @p c may be null here and below.
void chanretain(hchan* c);
/// zh: 少一个；最后一个走了，还在里面的元素析构，通道作废。
/// en: One less; when the last is gone the elements inside are destroyed and the channel is void.
void chanrelease(hchan* c);

/// zh: 发送 @p elem 处的值：success，此后它是移走了的样子；@p block 为假时可能是 full，它没有动。
///     通道关了则抛出 panic_error；搬的时候抛出的异常原样传出，什么也没有发生。
/// en: Sends the value at @p elem: success, it is moved from then; full, if @p block is false, and it was
///     not touched. panic_error on a closed channel; what a move throws goes through, and nothing has
///     happened.
/// Go: chan.go, chansend
chan_op chansend(hchan* c, void* elem, bool block);
/// zh: 在 @p elem 处构造收到的值：success；closed：关了，也收完了；@p block 为假时可能是 empty。后两种没有
///     碰它。搬的时候抛出的异常原样传出，什么也没有发生。
/// en: Constructs what it receives at @p elem: success; closed, and drained; empty, if @p block is false.
///     With the latter two it is not touched. What a move throws goes through, and nothing has happened.
/// Go: chan.go, chanrecv
chan_op chanrecv(hchan* c, void* elem, bool block);
/// Go: chan.go, closechan
void closechan(hchan* c);
std::size_t chanlen(const hchan* c);
std::size_t chancap(const hchan* c);

/// zh: select 的一个情形：哪个通道，往里送 elem 处的，还是收到那里。
/// en: A case of a select: which channel, and whether it sends what is at elem or receives it there.
/// Go: select.go, scase
struct scase {
  hchan* c;
  void* elem;
  bool sends;
};

/// zh: 选中了第几个；收的那种，收到了没有（否则是关了）。
/// en: Which case was chosen; for one that receives, whether it did, or the channel is closed.
struct selected {
  std::size_t index;
  bool received;
};

/// zh: 在 @p n 个情形里等到一个可行的，只做它，若有几个可行则随机。@p block 为假时不等：一个也不可行就返回
///     n。@p orders 要有 2n 个数的地方。异常同 chansend 和 chanrecv。
/// en: Waits until one of @p n cases can go on, and does that one alone; at random if there are several.
///     With @p block false it does not wait: n if none can. @p orders must have room for 2n numbers.
///     Throws as chansend and chanrecv do.
/// Go: select.go, selectgo
selected selectgo(const scase* cases, std::uint32_t* orders, std::size_t n, bool block);

}  // namespace rt
}  // namespace newproc
