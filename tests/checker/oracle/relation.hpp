// zh: 事件之间的关系，写成位矩阵：公理因此能照着论文的公式写。
//         a | b  并      a & b  交      a - b  差      a * b  复合（论文写作 a;b）
//         plus(a)  传递闭包 a+      maybe(a)  a?，即 a 或恒等      only(S)  [S]，S 上的恒等
// en: Relations between events as matrices of bits, so that axioms are written as the papers have
//     them.
//         a | b  union   a & b  intersection   a - b  difference   a * b  composition (papers: a;b)
//         plus(a)  closure a+   maybe(a)  a?, that is a or the identity   only(S)  [S], identity on S
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace newproc::oracle {

/// zh: 一次执行至多这么多事件，初值也算。 en: Events of an execution at most, initial values included.
inline constexpr int max_events = 18;

/// zh: 事件的集合：第 i 位是事件 i。 en: A set of events: bit i is event i.
using event_set = std::uint32_t;
inline constexpr event_set all_events = (1u << max_events) - 1;

constexpr event_set single(int event) { return 1u << event; }
constexpr bool contains(event_set s, int event) { return (s & single(event)) != 0; }

/// zh: 对 @p s 里的每个事件调用 f。 en: Calls f for each event in @p s.
template <class F>
constexpr void each(event_set s, F f) {
  for (; s != 0; s &= s - 1) f(std::countr_zero(s));
}

class relation {
 public:
  constexpr event_set& operator[](int a) { return rows_[static_cast<std::size_t>(a)]; }
  /// zh: 与 @p a 相关的事件。 en: The events that @p a is related to.
  constexpr event_set operator[](int a) const { return rows_[static_cast<std::size_t>(a)]; }
  constexpr void add(int a, int b) { (*this)[a] |= single(b); }

  friend constexpr relation operator|(relation a, const relation& b) {
    for (int i = 0; i < max_events; ++i) a[i] |= b[i];
    return a;
  }
  friend constexpr relation operator&(relation a, const relation& b) {
    for (int i = 0; i < max_events; ++i) a[i] &= b[i];
    return a;
  }
  friend constexpr relation operator-(relation a, const relation& b) {
    for (int i = 0; i < max_events; ++i) a[i] &= ~b[i];
    return a;
  }
  friend constexpr relation operator*(const relation& a, const relation& b) {
    relation both;
    for (int i = 0; i < max_events; ++i) each(a[i], [&](int via) { both[i] |= b[via]; });
    return both;
  }

 private:
  std::array<event_set, max_events> rows_{};
};

constexpr relation only(event_set s) {
  relation r;
  each(s, [&](int event) { r.add(event, event); });
  return r;
}
constexpr relation maybe(const relation& a) { return a | only(all_events); }
constexpr relation inverse(const relation& a) {
  relation r;
  for (int i = 0; i < max_events; ++i) each(a[i], [&](int j) { r.add(j, i); });
  return r;
}
constexpr relation plus(relation a) {
  for (int via = 0; via < max_events; ++via)
    for (int i = 0; i < max_events; ++i)
      if (contains(a[i], via)) a[i] |= a[via];
  return a;
}
constexpr bool irreflexive(const relation& a) {
  for (int i = 0; i < max_events; ++i)
    if (contains(a[i], i)) return false;
  return true;
}
constexpr bool acyclic(const relation& a) { return irreflexive(plus(a)); }

}  // namespace newproc::oracle
