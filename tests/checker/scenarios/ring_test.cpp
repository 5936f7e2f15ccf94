// zh: 本地队列：一个主人、一两个窃取者，每种交错里每个 G 恰好被取到一次。
// en: The local run queue: an owner and a thief or two; in every interleaving each G is taken
//     exactly once.
#include <doctest/doctest.h>

#include "ch3_runqueue/runqueue.hpp"
#include "rules.hpp"
#include "verdicts.hpp"

namespace newproc::checker {
namespace {

using rt::G;
using rt::P;

constexpr int most = 6;

// zh: 谁取到了哪个 G；每个 G 带着一个普通字段，取到的人读它，所以发布不当就是数据竞争。
// en: Who got which G; each G has a plain field that its taker reads, so a bad publication is a
//     race.
struct ledger {
  std::array<G*, most> gs{};
  std::array<int, most> taken{};
  std::array<os::var<int>, most> body;
};
ledger* book = nullptr;

void open_book(int n) {
  empty_world(3);
  book = new ledger;
  static constexpr const char* bodies[] = {"G1's body", "G2's body", "G3's body",
                                           "G4's body", "G5's body", "G6's body"};
  for (int i = 0; i < n; ++i) {
    const auto at = static_cast<std::size_t>(i);
    book->gs[at] = made_up_g(i + 1);
    name(&book->body[at], bodies[at]);
  }
}

G* born(int i) {
  const auto at = static_cast<std::size_t>(i);
  book->body[at] = i;
  return book->gs[at];
}

void took(const G* g) {
  if (g == nullptr) return;
  const auto at = static_cast<std::size_t>(g->goid - 1);
  expect(++book->taken[at] == 1, "G run twice", "G" + std::to_string(g->goid));
  expect(book->body[at] == static_cast<int>(at), "broken invariant",
         "G 里该有的东西还看不见 / the G's body is not there");
}

void put(int p, int i, bool next = false) {
  p_at(p)->owner.held();
  rt::runqput(p_at(p), born(i), next);
}
void get(int p) {
  p_at(p)->owner.held();
  took(rt::runqget(p_at(p)).g);
}
void steal(int p, int victim, bool next) {
  p_at(p)->owner.held();
  took(rt::runqsteal(p_at(p), p_at(victim), next));
}
void drain(int p) {
  p_at(p)->owner.held();
  while (G* g = rt::runqget(p_at(p)).g) took(g);
}

// zh: 结束时把剩下的都取出来，每个恰好一次。 en: At the end take what is left: each exactly once.
void each_once(int n) {
  for (int p = 0; p < 3; ++p) drain(p);
  {
    const rt::sched_lock_guard hold(rt::sched.lock);
    p_at(0)->owner.held();
    while (G* g = rt::globrunqget(p_at(0), 1)) took(g);
  }
  for (int i = 0; i < n; ++i)
    expect(book->taken[static_cast<std::size_t>(i)] == 1, "lost G", "G" + std::to_string(i + 1));
}

scenario ring(const char* title, int n) {
  scenario s(title);
  with_rules(s).init([n] { open_book(n); }).at_rest([n] { each_once(n); });
  return s;
}

TEST_CASE("ring: an owner who puts and gets, and a thief") {
  scenario s = ring("ring, 3 puts and 2 gets, 1 thief", 3);
  s.opening(
      "M0 是 P0 的主人，放进三个 G，再取两个；M1 从 P0 偷一次。环空着 / M0 owns P0, puts three Gs "
      "and gets two; M1 steals from P0 once. The ring is empty");
  s.machine([] {
     for (int i = 0; i < 3; ++i) put(0, i);
     get(0);
     get(0);
   }).machine([] { steal(1, 0, false); });
  must_be_proved(s);
}

TEST_CASE("ring: what does not fit goes to the global queue, with a thief at work") {
  scenario s = ring("ring, overflow", 6);
  s.machine([] {
     for (int i = 0; i < 6; ++i) put(0, i);
     get(0);
   }).machine([] {
    steal(1, 0, false);
    drain(1);
  });
  must_be_proved(s);
}

TEST_CASE("ring: the indices go round the ring and round 32 bits") {
  scenario s = ring("ring, wrap-around", 5);
  s.init([] {
     p_at(0)->runqhead.store(0xfffffffeu, order::relaxed);
     p_at(0)->runqtail.store(0xfffffffeu, order::relaxed);
   })
      .machine([] {
        for (int i = 0; i < 5; ++i) {
          put(0, i);
          if (i >= 2) get(0);
        }
      })
      .machine([] { steal(1, 0, false); });
  must_be_proved(s);
}

TEST_CASE("ring: two thieves and an owner") {
  scenario s = ring("ring, two thieves", 3);
  s.machine([] {
     for (int i = 0; i < 3; ++i) put(0, i);
     get(0);
   })
      .machine([] { steal(1, 0, false); })
      .machine([] { steal(2, 0, false); });
  must_be_proved(s);
}

TEST_CASE("ring: runnext changes hands while a thief wants it") {
  scenario s = ring("ring, runnext", 3);
  s.machine([] {
     put(0, 0, true);
     put(0, 1, true);
     get(0);
     put(0, 2, true);
     get(0);
   }).machine([] {
    steal(1, 0, true);
    drain(1);
  });
  must_be_proved(s);
}

TEST_CASE("ring: thieves steal from each other") {
  scenario s = ring("ring, thieves in a circle", 4);
  s.machine([] {
     put(0, 0);
     put(0, 1);
     steal(0, 1, true);
   }).machine([] {
    put(1, 2);
    put(1, 3, true);
    drain(1);
    steal(1, 0, true);
  });
  must_be_proved(s);
}

TEST_CASE("runqempty never calls a queue empty that held a G all the while") {
  scenario s = ring("runqempty", 2);
  s.opening(
      "P0.runnext 里有 G1，环空着。M0 是主人，放进 G2，再取一个；M1 问队列空不空 / G1 is in "
      "P0.runnext "
      "and the ring is empty. M0 is the owner, puts G2 and gets one; M1 asks whether the queue is "
      "empty");
  s.init([] { p_at(0)->runnext.store(born(0), order::relaxed); })
      .machine([] {
        put(0, 1, true);
        get(0);
      })
      .machine([] {
        expect(!rt::runqempty(p_at(0)), "broken invariant",
               "runqempty 说空，而其间一直有 G / runqempty says empty, and there was a G all the "
               "while");
      });
  must_be_proved(s);
}

// zh: 环里一直有 G：旧的取走之前，新的已经放进来。看见新的队头，就必须看见新的队尾。
// en: The ring always holds a G: before the old one is taken the new one is there. Who sees the new
//     head must see the new tail.
void observe() {
  expect(!rt::runqempty(p_at(0)), "broken invariant",
         "一直有 G，runqempty 却说空 / runqempty says empty, and there was a G all the while");
}

scenario never_empty(const char* title, int n, int at_first) {
  scenario s = ring(title, n);
  s.init([at_first] {
    for (int i = 0; i < at_first; ++i) put(0, i);
  });
  return s;
}

TEST_CASE("runqempty: an owner takes from a ring that is never empty") {
  scenario s = never_empty("runqempty, get", 2, 1);
  s.machine([] {
     put(0, 1);
     get(0);
   }).machine(observe);
  must_be_proved(s);
}

TEST_CASE("runqempty: a thief takes from a ring that is never empty") {
  scenario s = never_empty("runqempty, steal", 3, 2);
  s.machine([] { put(0, 2); }).machine([] { steal(1, 0, false); }).machine(observe);
  must_be_proved(s);
}

TEST_CASE("runqempty: a ring overflows and is never empty") {
  scenario s = never_empty("runqempty, overflow", 5, 2);
  s.machine([] {
     for (int i = 2; i < 5; ++i) put(0, i);
   }).machine(observe);
  must_be_proved(s);
}

TEST_CASE("ring: a thief steals what another thief has stolen") {
  scenario s = ring("ring, stolen twice", 3);
  s.machine([] {
     for (int i = 0; i < 3; ++i) put(0, i);
   })
      .machine([] { steal(1, 0, false); })
      .machine([] { steal(2, 1, false); });
  must_be_proved(s);
}

}  // namespace
}  // namespace newproc::checker
