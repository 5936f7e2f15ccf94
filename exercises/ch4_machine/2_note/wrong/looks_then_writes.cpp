// zh: 先看，再写：两个人同时来叫，都看见 0，谁也没说。
// en: Looks, then writes: two who call at once both see 0, and neither says a word.
// earns: nobody ended the program with: notewakeup - double wakeup
#include "ch4_machine/inside.hpp"
#include "ch4_machine/machine.hpp"
#include "observe/fatal.hpp"
#include "os/futex.hpp"

namespace newproc::rt {

void noteclear(note& n) { n.key.store(0, order::relaxed); }

void notewakeup(note& n) {
  THROW_UNLESS(n.key.load(order::relaxed) == 0, "notewakeup - double wakeup");
  n.key.store(1, order::release);
  os::futex_wake(n.key, 1);
}

void notesleep(note& n) {
  while (n.key.load(order::acquire) == 0) os::futex_wait(n.key, 0);
}

}  // namespace newproc::rt
