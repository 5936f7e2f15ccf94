// zh: 本章各题的 check.cpp 共用的账本：谁取到了哪个 G。结束时每个 G 必须恰好被取走一次。
//
// zh: 每个 G 带着一个普通字段，放的人写，取的人读；所以内存序不够，就是数据竞争。
//
// en: The ledger that the check.cpp of this chapter share: who got which G. In the end each must have
//     been taken exactly once.
//
// en: Each G has a plain field which is written by who puts it and read by who takes it; so a memory
//     order that is too weak is a data race.
#pragma once

#include "ch3_runqueue/runqueue.hpp"
#include "checked.hpp"

namespace newproc::exercise {

using checker::p_at;
using rt::G;
using rt::order;

inline constexpr int most = 6;
inline constexpr int procs = 3;

struct ledger {
  std::array<G*, most> gs{};
  std::array<int, most> taken{};
  std::array<os::var<int>, most> body;
};
inline ledger* book = nullptr;

inline void open_book(int n) {
  checker::empty_world(procs);
  book = new ledger;
  static constexpr const char* bodies[] = {"G1's body", "G2's body", "G3's body",
                                           "G4's body", "G5's body", "G6's body"};
  for (int i = 0; i < n; ++i) {
    const auto at = static_cast<std::size_t>(i);
    book->gs[at] = checker::made_up_g(i + 1);
    checker::name(&book->body[at], bodies[at]);
  }
}

/// zh: 第 @p i 个 G，正要放进队列。 en: G number @p i, about to be put.
inline G* born(int i) {
  const auto at = static_cast<std::size_t>(i);
  book->body[at] = i;
  return book->gs[at];
}

inline void took(const G* g) {
  if (g == nullptr) return;
  const auto at = static_cast<std::size_t>(g->goid - 1);
  const std::string name = "G" + std::to_string(g->goid);
  expect(++book->taken[at] == 1, "G run twice",
         name + " 被取走了两次 / " + name + " was taken twice");
  expect(book->body[at] == static_cast<int>(at), "broken invariant",
         name + " 的内容还看不见 / the contents of " + name + " are not to be seen yet");
}

inline void put(int p, int i, bool next = false) {
  p_at(p)->owner.held();
  rt::runqput(p_at(p), born(i), next);
}
/// zh: 返回取到的；它该不该继承时间片，由场景去问。
/// en: Returns what it got; whether that must inherit a time slice is for the scenario to ask.
inline rt::next_g get(int p) {
  p_at(p)->owner.held();
  const rt::next_g got = rt::runqget(p_at(p));
  took(got.g);
  return got;
}
/// zh: 此刻队列里一定还有没人拿走的。 en: The queue must hold one just now that nobody has taken.
inline rt::next_g get_one(int p) {
  const rt::next_g got = get(p);
  expect(
      got.g != nullptr, "broken invariant",
      "队列里还有没人拿走的 G，runqget 却说空 / runqget says empty while the queue holds a G that "
      "nobody has taken");
  return got;
}
inline const G* steal(int p, int victim, bool next = false) {
  p_at(p)->owner.held();
  const G* g = rt::runqsteal(p_at(p), p_at(victim), next);
  took(g);
  return g;
}
inline void drain(int p) {
  p_at(p)->owner.held();
  while (const G* g = rt::runqget(p_at(p)).g) took(g);
}

/// zh: 把剩下的都取出来：每个恰好一次。 en: Takes what is left: each exactly once.
inline void each_once(int n) {
  for (int p = 0; p < procs; ++p) drain(p);
  {
    const rt::sched_lock_guard hold(rt::sched.lock);
    p_at(0)->owner.held();
    while (const G* g = rt::globrunqget(p_at(0), 1)) took(g);
  }
  for (int i = 0; i < n; ++i) {
    const std::string name = "G" + std::to_string(i + 1);
    expect(book->taken[static_cast<std::size_t>(i)] == 1, "lost G",
           name + " 谁也没有取到 / nobody got " + name);
  }
}

/// zh: 一个用到 @p n 个 G 的场景。 en: A scenario with n Gs.
inline scenario queues(const char* title, int n) {
  scenario s(title);
  checker::with_rules(s).init([n] { open_book(n); }).at_rest([n] { each_once(n); });
  return s;
}

}  // namespace newproc::exercise
