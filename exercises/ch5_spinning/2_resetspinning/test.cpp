// zh: 一个人的账：记上、销掉、叫下一个。 en: One M's account: entered, struck off, the next woken.
#include "../workbench.hpp"
#include "ch5_spinning/inside.hpp"
#include "death.hpp"

namespace newproc::exercise {
namespace {

using rt::sched;

bool spins() { return workbench::me()->spinning; }

TEST_CASE("an M that begins to spin is marked and counted") {
  const workbench w;
  sched.needspinning.store(1);
  rt::becomeSpinning(w.me());
  must(spins(), {"开始自旋的 M 要有标记（m->spinning），它没有",
                 "an M that begins to spin must be marked (m->spinning), and yours is not"});
  must(w.spinning() == 1, words{"一个 M 开始自旋，nmspinning 该是 1，却是 ",
                                "one M has begun to spin, so nmspinning must be 1, and it is "} +
                              w.spinning());
  must(
      sched.needspinning.load() == 0,
      {"有人要一个自旋的 M（needspinning），你的 M 正是；可是那张条子还在，往后每个 M 都会白白自旋",
       "a note asked for a spinning M (needspinning) and here it is; but the note is still up, "
       "and M after M will spin for nothing"});
}

TEST_CASE("an M that has found work is struck off") {
  const workbench w;
  rt::becomeSpinning(w.me());
  rt::resetspinning();
  must(!spins(), {"找到活的 M 不再自旋，它的标记却还在",
                  "an M that has found work no longer spins, and it is still marked"});
  must(w.spinning() == 0, words{"再没有人自旋，nmspinning 该是 0，却是 ",
                                "no M spins, so nmspinning must be 0, and it is "} +
                              w.spinning());
}

TEST_CASE("the last spinner wakes the next") {
  workbench w;
  w.somebody_sleeps();
  rt::becomeSpinning(w.me());
  rt::resetspinning();
  must(w.woken(), {"最后一个自旋的 M 找到活走了，还有空闲的 P，你却没有叫醒下一个 M 来找",
                   "the last spinner has found work and left, a P is idle, and you have not "
                   "woken the next M to search"});
  must(w.spinning() == 1, words{"被叫醒的那个算在自旋里，nmspinning 该是 1，却是 ",
                                "the woken one counts as spinning, so nmspinning must be 1, and it "
                                "is "} +
                              w.spinning());
}

TEST_CASE("while others spin none is woken") {
  workbench w;
  w.somebody_sleeps();
  rt::becomeSpinning(w.me());
  sched.nmspinning.fetch_add(1);  // zh: 另一个 M en: another M
  rt::resetspinning();
  must(!w.woken(), {"还有别的 M 在自旋，你又叫醒了一个：白叫",
                    "another M is spinning, and you have woken one more in vain"});
  must(w.spinning() == 1, words{"另一个 M 还在自旋，nmspinning 该是 1，却是 ",
                                "the other M still spins, so nmspinning must be 1, and it is "} +
                              w.spinning());
}

TEST_CASE("accounts that do not add up stop at once") {
  const auto error_of = [](bool marked) {
    return test::in_child([marked] {
             const workbench w;
             w.me()->spinning = marked;
             rt::resetspinning();
           })
        .error;
  };
  must(error_of(false) == "fatal error: resetspinning: not a spinning m\n",
       {"没有自旋的 M 调用了 resetspinning：要用约定的话停下，你没有",
        "resetspinning was called by an M that does not spin: it must stop with the sentence "
        "agreed on, and it did not"});
  must(
      error_of(true) == "fatal error: findrunnable: negative nmspinning\n",
      {"nmspinning 减到了负数：要用约定的话停下，你没有",
       "nmspinning has become negative: it must stop with the sentence agreed on, and it did not"});
}

}  // namespace
}  // namespace newproc::exercise
