// zh: 字改了，先前写下的却不一定跟着到：relaxed 不带走任何东西。
// en: The word is changed, but what was written before need not come along: relaxed carries nothing.
// earns: data race
#include "ch4_machine/inside.hpp"
#include "ch4_machine/machine.hpp"
#include "observe/fatal.hpp"
#include "os/futex.hpp"

namespace newproc::rt {

void noteclear(note& n) { n.key.store(0, order::relaxed); }

void notewakeup(note& n) {
  const auto before = n.key.exchange(1, order::relaxed);
  THROW_UNLESS(before == 0, "notewakeup - double wakeup");
  os::futex_wake(n.key, 1);
}

void notesleep(note& n) {
  while (n.key.load(order::acquire) == 0) os::futex_wait(n.key, 0);
}

}  // namespace newproc::rt
