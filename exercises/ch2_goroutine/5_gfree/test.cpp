// zh: 没有人打扰的时候：64、32 和 31，一个也不丢。
// en: When nobody interferes: 64, 32 and 31, and not one is lost.
#include <memory>
#include <set>

#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"
#include "exercise.hpp"

namespace newproc::exercise {
namespace {

using rt::G;
using rt::P;

struct workbench {
  std::unique_ptr<P> p = std::make_unique<P>(), other = std::make_unique<P>();
  std::unique_ptr<G[]> gs = std::make_unique<G[]>(200);

  workbench() { rt::schedreset(); }
  G* g(int i) { return &gs[static_cast<std::size_t>(i)]; }
  void put(int from, int to) {
    for (int i = from; i < to; ++i) {
      p->owner.held();
      rt::gfput(p.get(), g(i));
    }
  }
};

G* get(const std::unique_ptr<P>& p) {
  p->owner.held();
  return rt::gfget(p.get());
}
int local(const std::unique_ptr<P>& p) { return p->gfree.n; }
int global() { return rt::sched.gFree.n.load(); }
std::size_t global_items() {
  const os::lock_guard hold(rt::sched.gFree.lock);
  return rt::sched.gFree.items.size();
}

TEST_CASE("what was put comes back, the last one first") {
  workbench w;
  must(get(w.p) == nullptr, {"哪里都没有死去的 G，gfget 却给出了一个",
                             "there is no dead G anywhere, and gfget yields one"});
  w.put(0, 2);
  must(local(w.p) == 2,
       {"死去的 G 放进了 P 的表，表却说自己是空的（p->gfree.n）",
        "a dead G was put on the P's list, and the list says that it is empty (p->gfree.n)"});
  const G* first = get(w.p);
  must(first != nullptr, {"P 的表里有死去的 G，gfget 却说没有",
                          "the P's list has dead Gs, and gfget says that there is none"});
  must(first == w.g(1), {"后放的该先取：它还在缓存里，先放的已经凉了",
                         "the last one put must be the first to come: it is still in the cache"});
  must(get(w.p) == w.g(0) && get(w.p) == nullptr && local(w.p) == 0,
       {"放进两个，取出的却不是那两个", "two were put, and what comes back is not those two"});
}

TEST_CASE("63 stay with the P, and the 64th moves 33 away") {
  workbench w;
  w.put(0, 63);
  must(local(w.p) == 63 && global() == 0,
       words{"63 个都该留在 P 上，你留下 ", "63 must stay with the P, and yours keeps "} +
           local(w.p));
  w.put(63, 64);
  must(local(w.p) == 31,
       words{"第 64 个来了，该挪走一些，P 上留 31 个，你留下 ",
             "with the 64th some must be moved away and 31 stay, and yours keeps "} +
           local(w.p));
  must(global_items() == 33,
       words{"挪走的 33 个该在全局表里，那里却有 ",
             "the 33 that were moved away must be in the global list, which has "} +
           global_items());
  must(global() == 33, words{"全局表里有 33 个，它的计数（sched.gFree.n）却是 ",
                             "the global list has 33, and its count (sched.gFree.n) says "} +
                           global());
  // zh: 滞回：站在界上的 P 不会每次都去拿锁。
  // en: The hysteresis: a P that sits on the limit does not take the lock each time.
  for (int i = 0; i < 20; ++i) {
    G* g = get(w.p);
    w.p->owner.held();
    rt::gfput(w.p.get(), g);
  }
  must(global() == 33 && local(w.p) == 31,
       {"一取一放，本不该碰全局表",
        "taking one and putting it back must not touch the global list"});
}

TEST_CASE("an empty P refills to 32 from the global list") {
  workbench w;
  w.put(0, 64 + 33);  // zh: 全局 66 个 en: 66 of them in the global list
  const int before = global();
  must(get(w.other) != nullptr,
       {"P 的表空了，全局表里有，gfget 却说没有",
        "the P's list is empty, the global one is not, and gfget says that there is none"});
  must(local(w.other) == 31,
       words{"补到 32 个，取走一个，该剩 31 个，你剩 ",
             "refilled to 32 and one taken: 31 must be left, and yours has "} +
           local(w.other));
  must(global() == before - 32 && global_items() == static_cast<std::size_t>(before - 32),
       words{"补了 32 个，全局表和它的计数该少 32 个，计数却少了 ",
             "32 were fetched, so the global list and its count must be 32 less; the count is less "
             "by "} +
           (before - global()));
}

TEST_CASE("a refill takes what there is") {
  workbench w;
  w.put(0, 64);
  for (int i = 0; i < 32; ++i) get(w.other);
  must(get(w.other) != nullptr && local(w.other) == 0 && global() == 0,
       {"全局表里只剩一个，该把它取来",
        "the global list has just one left, and that must be taken"});
  must(get(w.other) == nullptr,
       {"两张表都空了，gfget 却给出了一个", "both lists are empty, and gfget yields one"});
}

TEST_CASE("each comes back exactly once") {
  workbench w;
  w.put(0, 200);
  std::set<G*> back;
  int count = 0;
  for (const auto* from : {&w.other, &w.p})
    while (G* g = get(*from)) {
      back.insert(g);
      if (++count > 200) break;
    }
  must(count == 200 && back.size() == 200,
       words{"放进 200 个，取出的不同的 G 有 ",
             "200 were put, and the different ones that came back are "} +
           back.size());
}

}  // namespace
}  // namespace newproc::exercise
