// zh: 先叫人，再改字：醒来的人看见旧字又睡下；改好的字没有人来看。
// en: Calls first and changes the word after: the woken one sees the old word and sleeps again; the
//     new word is seen by nobody.
// earns: deadlock
#include "ch4_machine/inside.hpp"
#include "ch4_machine/machine.hpp"
#include "observe/fatal.hpp"
#include "os/futex.hpp"

namespace newproc::rt {

void noteclear(note& n) { n.key.store(0, order::relaxed); }

void notewakeup(note& n) {
  os::futex_wake(n.key, 1);
  const auto before = n.key.exchange(1, order::release);
  THROW_UNLESS(before == 0, "notewakeup - double wakeup");
}

void notesleep(note& n) {
  while (n.key.load(order::acquire) == 0) os::futex_wait(n.key, 0);
}

}  // namespace newproc::rt
