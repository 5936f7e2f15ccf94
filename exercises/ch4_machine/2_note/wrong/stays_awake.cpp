// zh: 不睡，一直盯着那个字：对是对的，却烧着一个核。
// en: Does not sleep but stares at the word: correct, and burns a core.
// earns: the plan does not end
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
  while (n.key.load(order::acquire) == 0) os::spin_pause();
}

}  // namespace newproc::rt
