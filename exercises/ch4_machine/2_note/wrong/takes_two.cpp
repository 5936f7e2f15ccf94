// zh: 只管把字写成 1，不看它是不是已经是 1：重复的叫醒被悄悄收下。
// en: Writes 1 without a look whether it was 1 already: a second wake-up is taken in silence.
// earns: woken twice, and your notewakeup did not end the program with its words
#include "ch4_machine/inside.hpp"
#include "ch4_machine/machine.hpp"
#include "observe/fatal.hpp"
#include "os/futex.hpp"

namespace newproc::rt {

void noteclear(note& n) { n.key.store(0, order::relaxed); }

void notewakeup(note& n) {
  n.key.store(1, order::release);
  os::futex_wake(n.key, 1);
}

void notesleep(note& n) {
  while (n.key.load(order::acquire) == 0) os::futex_wait(n.key, 0);
}

}  // namespace newproc::rt
