// zh: 睡的人醒来，把字换回 0：事情像是没有发生过，重复的叫醒被悄悄收下。
// en: The sleeper that wakes changes the word back to 0: as if nothing had happened, and a second wake-up
//     is taken in silence.
// earns: your notesleep has changed the word: as if nothing had happened
#include "ch4_machine/inside.hpp"
#include "ch4_machine/machine.hpp"
#include "observe/fatal.hpp"
#include "os/futex.hpp"

namespace newproc::rt {

void noteclear(note& n) { n.key.store(0, order::relaxed); }

void notewakeup(note& n) {
  const auto before = n.key.exchange(1, order::release);
  THROW_UNLESS(before == 0, "notewakeup - double wakeup");
  os::futex_wake(n.key, 1);
}

void notesleep(note& n) {
  while (n.key.exchange(0, order::acquire) == 0) os::futex_wait(n.key, 0);
}

}  // namespace newproc::rt
