// zh: 一个人睡，一个人叫，每一种交错；还有两个人一起来叫的。
// en: One sleeps and one wakes, in every interleaving; and two who wake at once.
#include "ch4_machine/inside.hpp"
#include "ch4_machine/machine.hpp"
#include "checked.hpp"

namespace newproc::exercise {
namespace {

using rt::note;
using rt::order;

// zh: 走得完的都用不了这么久 en: whatever can be walked to its end takes less
constexpr checker::effort quick{.executions = 50'000};

struct bedroom {
  note forth, back;
  os::var<int> message;
};
bedroom* room = nullptr;

scenario with_notes(const char* title) {
  scenario s(title);
  checker::with_rules(s).steps(300).fairness(400).init([] {
    checker::empty_world(1);
    room = new bedroom;
    checker::name(&room->forth, "note");
    checker::name(&room->back, "second note");
    checker::name(&room->message, "message");
  });
  return s;
}

void read_message(int expected) {
  expect(room->message == expected, "broken invariant",
         "notesleep 返回了，而叫的人还没有写下他要说的话 / notesleep returned before the waker had "
         "written what it has to say");
}

// zh: 没有人来叫。睡着的算休息；在原地打转的，这次执行就没有尽头。
// en: Nobody calls. A sleeper is at rest. One that runs in circles makes an execution without an
//     end.
TEST_CASE("a sleeper that is not woken sleeps on") {
  scenario s = with_notes("nobody calls");
  s.ends_asleep().machine([] {
    rt::notesleep(room->forth);
    expect(false, "broken invariant",
           "没有人叫过，notesleep 却返回了 / notesleep returned, and nobody had called");
  });
  must_be_proved(s, quick);
}

TEST_CASE("what was written before the wake-up is seen after the sleep") {
  scenario s = with_notes("one message");
  s.machine([] {
     room->message = 1;
     rt::notewakeup(room->forth);
   })
      .machine([] {
        rt::notesleep(room->forth);
        read_message(1);
      })
      .always([] {
        expect(room->forth.key.load(order::relaxed) <= 1, "broken invariant",
               "note 的字只有 0 和 1 两种：带时限的 notetsleep 也读它，不是 0 就当作已经发生 / a "
               "note's word is 0 or "
               "1 only: notetsleep, the sleep with a deadline, reads it too, and takes what is not "
               "0 for "
               "happened");
      });
  must_be_proved(s, quick);
}

TEST_CASE("a note can be used again once it was cleared") {
  scenario s = with_notes("there, back, there");
  s.machine([] {
     room->message = 1;
     rt::notewakeup(room->forth);
     rt::notesleep(room->back);
     room->message = 2;
     rt::notewakeup(room->forth);
   }).machine([] {
    rt::notesleep(room->forth);
    rt::noteclear(room->forth);
    read_message(1);
    rt::notewakeup(room->back);
    rt::notesleep(room->forth);
    read_message(2);
  });
  must_be_proved(s, quick);
}

// zh: 事情发生过，一直到清除为止；睡过一觉，并不把它用掉。
// en: It has happened until it is cleared. Sleeping does not use it up.
TEST_CASE("a second sleep returns at once") {
  scenario s = with_notes("woken once, sleeps twice");
  s.machine([] {
    rt::notewakeup(room->forth);
    rt::notesleep(room->forth);
    expect(room->forth.key.load(order::relaxed) == 1, "broken invariant",
           "还没有清除，notesleep 却把字改了：事情像是没有发生过 / nothing was cleared, and your "
           "notesleep "
           "has changed the word: as if nothing had happened");
    rt::notesleep(room->forth);
  });
  must_be_proved(s, quick);
}

TEST_CASE("waking one that is awake already is a second time too") {
  scenario s = with_notes("wakes, sleeps, wakes");
  s.ends_in_fatal("notewakeup - double wakeup").machine([] {
    rt::notewakeup(room->forth);
    rt::notesleep(room->forth);
    rt::notewakeup(room->forth);
  });
  must_be_proved(s, quick);
}

TEST_CASE("of two who wake at once the second is told") {
  scenario s = with_notes("two wake at once");
  s.ends_in_fatal("notewakeup - double wakeup")
      .machine([] { rt::notewakeup(room->forth); })
      .machine([] { rt::notewakeup(room->forth); });
  must_be_proved(s, quick);
}

}  // namespace
}  // namespace newproc::exercise
