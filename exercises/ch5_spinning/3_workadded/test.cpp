// zh: 没有人打扰的时候，该不该叫人。 en: Whether to wake an M, when nothing interferes.
#include "../workbench.hpp"

namespace newproc::exercise {
namespace {

using rt::sched;

// zh: 一个 G 进了我们的队列，然后按规矩办。 en: A G on our queue, and then as the rules say.
void submit(workbench& w) {
  w.queue(0);
  w.p(0)->owner.held();
  rt::workadded(w.p(0));
}

TEST_CASE("with an idle P and no searcher one M is woken") {
  workbench w;
  w.somebody_sleeps();
  submit(w);
  must(w.woken(), {"没有人在找，还有一个空闲的 P，你却没有叫人",
                   "no M searches and a P is idle, and you have woken none"});
  must(w.spinning() == 1, words{"叫醒了一个 M，nmspinning 该是 1，却是 ",
                                "one M was woken, so nmspinning must be 1, and it is "} +
                              w.spinning());
}

// zh: 队列里原有的，别人留下的记号，都不改变那两个条件。
// en: What was queued before, and what marks others left, changes nothing in the two conditions.
TEST_CASE("with an idle P and no searcher one M is woken, whatever else there is") {
  workbench w;
  w.somebody_sleeps();
  for (int i = 0; i < 2; ++i) w.queue(0);
  submit(w);
  must(w.woken(),
       {"队列里原来就有 G，也没有人在找，还有一个空闲的 P；你却没有叫人",
        "there were Gs in the queue before, nobody searches and a P is idle, and you have woken "
        "nobody"});
}

TEST_CASE("a note that an M should spin keeps none asleep") {
  workbench w;
  w.somebody_sleeps();
  sched.needspinning.store(1);
  submit(w);
  must(w.woken(),
       {"没有人在找，还有一个空闲的 P，你却因为 needspinning 没有叫人",
        "no M searches and a P is idle, and because of needspinning you have woken none"});
}

TEST_CASE("while an M searches no other is woken") {
  workbench w;
  w.somebody_sleeps();
  sched.nmspinning.store(1);
  submit(w);
  must(!w.woken(), {"已经有人在找，你又叫醒了一个：他多半会白跑一趟",
                    "an M searches already, and you have woken one more, most likely in "
                    "vain"});
  must(w.spinning() == 1, words{"在找的还是那一个，nmspinning 该是 1，却是 ",
                                "there is still that one searcher, so nmspinning must be 1, and it "
                                "is "} +
                              w.spinning());
}

TEST_CASE("without an idle P it costs a look and no lock") {
  workbench w;
  const auto before = sched.lock.taken();
  submit(w);
  must(sched.lock.taken() == before,
       {"没有空闲的 P，叫来了也没有地方跑；你却去拿了 sched.lock，每个 go 语句都要付这个价",
        "no P is idle, so there is no place for anybody to run; yet you took sched.lock, a "
        "price "
        "that every go statement would pay"});
  must(w.spinning() == 0, words{"谁也没有叫，nmspinning 该是 0，却是 ",
                                "none was woken, so nmspinning must be 0, and it is "} +
                              w.spinning());
}

}  // namespace
}  // namespace newproc::exercise
