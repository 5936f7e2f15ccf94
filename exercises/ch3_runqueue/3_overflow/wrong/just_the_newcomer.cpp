// zh: 照文档的说法，只送走这一个 G：环还是满的，下一个又要付一次锁。
// en: As the document has it, sends just this G: the ring stays full, and the next pays for the
//     lock again.
// earns: there went 1
#include "ch3_runqueue/inside.hpp"
#include "ch3_runqueue/runqueue.hpp"

namespace newproc::rt {

bool runqputslow(P*, G* g, std::uint32_t, std::uint32_t) {
  const sched_lock_guard hold(sched.lock);
  globrunqput(g);
  return true;
}

}  // namespace newproc::rt
