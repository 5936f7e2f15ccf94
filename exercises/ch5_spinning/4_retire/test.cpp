// zh: 没有人打扰的时候：该睡的睡得下，不该睡的回去找。
// en: When nobody interferes: who may sleep can, who may not goes back to search.
#include "../workbench.hpp"
#include "ch5_spinning/inside.hpp"

namespace newproc::exercise {
namespace {

using rt::M;
using rt::P;
using rt::sched;

bool holds_a_p() { return static_cast<P*>(workbench::me()->p) != nullptr; }
bool spins() { return workbench::me()->spinning; }

TEST_CASE("with no work anywhere a spinning M may sleep") {
  const workbench w;
  rt::becomeSpinning(w.me());
  must(!rt::retire(w.me()), {"哪里都没有活，你的 retire 却叫 M 回去再找",
                             "there is no work anywhere, and your retire sends the M back to "
                             "search"});
  must(!holds_a_p(), {"你的 retire 说 M 可以睡了，它手里却还握着 P：别人就用不上了",
                      "your retire says that the M may sleep, and it still holds its P, which "
                      "nobody else can use now"});
  must(sched.npidle.load() == 1,
       words{"P 放下以后要进空闲表，npidle 该是 1，却是 ",
             "the P must go to the idle list, so npidle must be 1, and it is "} +
           sched.npidle.load());
  must(!spins(), {"睡下的 M 不再自旋，它的标记却还在",
                  "an M that goes to sleep no longer spins, and it is still marked"});
  must(w.spinning() == 0, words{"没有人自旋了，nmspinning 该是 0，却是 ",
                                "no M spins any more, so nmspinning must be 0, and it is "} +
                              w.spinning());
}

TEST_CASE("an M that did not spin leaves the count alone") {
  const workbench w;
  sched.nmspinning.store(1);  // zh: 另一个 M en: another M
  must(!rt::retire(w.me()) && !holds_a_p() && sched.npidle.load() == 1,
       {"没有自旋的 M 也要能放下 P 睡下",
        "an M that did not spin must be able to let go of its P and sleep too"});
  must(w.spinning() == 1, words{"自旋的是另一个 M，nmspinning 该仍是 1，却是 ",
                                "it is another M that spins, so nmspinning must still be 1, and it "
                                "is "} +
                              w.spinning());
}

// zh: 别人的 P 里有一个 G，而我们正要睡。 en: There is a G in another's P, and we are about to sleep.
void work_elsewhere(bool spinning, bool next) {
  workbench w;
  if (spinning) rt::becomeSpinning(w.me());
  w.queue(1, next);
  must(rt::retire(w.me()), words{"别的 P 的", "there is a G in another P's "} +
                               (next ? words{"runnext", "runnext"} : words{"环", "ring"}) +
                               words{"里有一个 G，你的 retire 却让 M 睡下",
                                     ", and your retire lets the M go to sleep"});
  must(holds_a_p(), {"你的 retire 叫 M 回去再找，它却没有 P：没有 P 不能去偷",
                     "your retire sends the M back to search, but without a P it can't steal"});
  must(
      spins() && w.spinning() == 1,
      {"再看一遍看到了活，M 却没有在自旋：它看得见活，也许轮不到它偷，只好原地打转",
       "the M has seen work, but it does not spin: it sees the work, may not steal it, and runs in "
       "circles"});
}

TEST_CASE("a spinning M sees a G in another ring") { work_elsewhere(true, false); }
TEST_CASE("a spinning M sees a G in another runnext") { work_elsewhere(true, true); }
TEST_CASE("an M that did not spin sees it too") { work_elsewhere(false, false); }

TEST_CASE("a G in the global queue is not left there") {
  workbench w;
  {
    const rt::sched_lock_guard hold(sched.lock);
    rt::globrunqput(&w.g);
  }
  must(
      rt::retire(w.me()) && holds_a_p(),
      {"全局队列里有一个 G，你的 retire 却让 M 睡下，或没有给它 P",
       "there is a G in the global queue, and your retire lets the M sleep, or leaves it without a "
       "P"});
}

TEST_CASE("an M that is asked to spin goes back and spins") {
  const workbench w;
  sched.needspinning.store(1);
  must(rt::retire(w.me()) && holds_a_p() && spins() && w.spinning() == 1,
       {"有人留下条子（needspinning）要一个自旋的 M；你的 M 没有自旋，本该应下来，却去睡了",
        "there is a note (needspinning) that asks for a spinning M. Yours did not spin and "
        "should have answered it, but goes to sleep"});
}

}  // namespace
}  // namespace newproc::exercise
