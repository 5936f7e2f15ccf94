// zh: 用 2 记下“有人睡着”：自己的三个函数合得来，运行时的 notetsleep 却把它当作已经发生。
// en: Notes with a 2 that a thread sleeps: its own three functions get on with that, but the
//     runtime's notetsleep takes it for happened.
// earns: a note's word is 0 or 1 only
#include "ch4_machine/inside.hpp"
#include "ch4_machine/machine.hpp"
#include "observe/fatal.hpp"
#include "os/futex.hpp"

namespace newproc::rt {

void noteclear(note& n) { n.key.store(0, order::relaxed); }

void notewakeup(note& n) {
  const auto old = n.key.exchange(1, order::release);
  const auto before = old == 2 ? 0u : old;
  THROW_UNLESS(before == 0, "notewakeup - double wakeup");
  os::futex_wake(n.key, 1);
}

void notesleep(note& n) {
  for (;;) {
    std::uint32_t none = 0;
    n.key.compare_exchange_strong(none, 2, order::acquire, order::acquire);
    if (none == 1) return;
    os::futex_wait(n.key, 2);
  }
}

}  // namespace newproc::rt
