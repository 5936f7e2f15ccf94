// zh: 一个人的时候：字怎样变，叫两次怎样。有睡有叫的，由检查器来考。
// en: With nobody else there: how the word changes, and two wake-ups. Sleeping and waking is for the
//     checker to examine.
#include "ch4_machine/inside.hpp"
#include "ch4_machine/machine.hpp"
#include "death.hpp"
#include "exercise.hpp"

namespace newproc::exercise {
namespace {

using rt::note;

TEST_CASE("the word tells whether it has happened") {
  note n;
  rt::notewakeup(n);
  must(n.key.load() == 1, words{"你的 notewakeup 之后，note 的字是 ",
                                "after your notewakeup the word of the note is "} +
                              n.key.load() + words{"，该是 1", ", not 1"});
  rt::noteclear(n);
  must(n.key.load() == 0,
       words{"你的 noteclear 之后，note 的字是 ", "after your noteclear the word of the note is "} +
           n.key.load() + words{"，该是 0", ", not 0"});
}

TEST_CASE("waking twice is an error, and waking again after clearing is none") {
  const test::ending twice = test::in_child([] {
    note n;
    rt::notewakeup(n);
    rt::notewakeup(n);
  });
  must(twice.exit_code == 2 && twice.error == "fatal error: notewakeup - double wakeup\n",
       {"连叫两次，你的 notewakeup 没有说出那句话、结束程序",
        "woken twice, and your notewakeup did not end the program with its words"});
  const test::ending again = test::in_child([] {
    note n;
    for (int i = 0; i < 3; ++i) {
      rt::notewakeup(n);
      rt::noteclear(n);
    }
  });
  must(again.exit_code == 0,
       {"清除之后再叫，是允许的，你的 notewakeup 却结束了程序",
        "waking again after noteclear is allowed, and your notewakeup ended the program"});
}

TEST_CASE("clearing what has not happened is allowed") {
  const test::ending e = test::in_child([] {
    note n;
    rt::noteclear(n);
    rt::noteclear(n);
    return static_cast<int>(n.key.load());
  });
  must(e.exit_code == 0,
       {"事情还没有发生，也可以清除：noteclear 之后字是 0，如此而已",
        "what has not happened may be cleared too: after noteclear the word is 0, and "
        "that is all"});
}

}  // namespace
}  // namespace newproc::exercise
