// zh: 以为只有发生过的才许清除。
// en: Believes that only what has happened may be cleared.
// earns: what has not happened may be cleared too
#include "ch4_machine/inside.hpp"
#include "ch4_machine/machine.hpp"
#include "observe/fatal.hpp"
#include "os/futex.hpp"

namespace newproc::rt {

void noteclear(note& n) {
  THROW_UNLESS(n.key.exchange(0, order::relaxed) == 1, "noteclear - not happened");
}

void notewakeup(note& n) {
  const auto before = n.key.exchange(1, order::release);
  THROW_UNLESS(before == 0, "notewakeup - double wakeup");
  os::futex_wake(n.key, 1);
}

void notesleep(note& n) {
  while (n.key.load(order::acquire) == 0) os::futex_wait(n.key, 0);
}

}  // namespace newproc::rt
