// zh: 没有人打扰的时候。 en: When nobody interferes.
#include "ch3_runqueue/runqueue.hpp"
#include "exercise.hpp"

namespace newproc::exercise {
namespace {

using rt::G;
using rt::P;

TEST_CASE("it sees the ring, runnext, and nothing") {
  P p;
  G g;
  p.owner.held();
  rt::runqput(&p, &g, false);
  must(!rt::runqempty(&p), {"你的 runqempty 说空，而环里有一个 G",
                            "your runqempty says empty, and the ring holds a G"});
  rt::runqget(&p);
  must(rt::runqempty(&p),
       {"队列是空的，也没有人打扰，你的 runqempty 却说不空",
        "the queue is empty, nobody interferes, and your runqempty says it is not"});
  rt::runqput(&p, &g, true);
  must(!rt::runqempty(&p), {"你的 runqempty 说空，而 runnext 里有一个 G",
                            "your runqempty says empty, and runnext holds a G"});
}

TEST_CASE("the indices may be anywhere") {
  P p;
  G g;
  p.owner.held();
  p.runqhead.store(0xffffffffu);
  p.runqtail.store(0xffffffffu);
  must(rt::runqempty(&p),
       {"队头和队尾相等（0xffffffff）就是空", "equal head and tail (0xffffffff) are empty"});
  rt::runqput(&p, &g, false);
  must(!rt::runqempty(&p), {"队尾绕回了 0，环里仍有一个 G",
                            "the tail has wrapped around to 0, and the ring still holds a G"});
}

}  // namespace
}  // namespace newproc::exercise
