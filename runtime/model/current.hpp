// zh: 我是谁：当前的 G，和它的 M。
// en: Who am I: the current G, and its M.
#pragma once

#include "model/gmp.hpp"

namespace newproc::rt {

/// zh: 当前的 G；在 g0 上是 g0；不在运行时的线程上是 nullptr。
/// en: The current G; on g0 it is g0; nullptr off the runtime's threads.
inline G* getg() { return static_cast<G*>(os::thread_word()); }

/// zh: 关抢占：到配对的 releasem 为止，M 不会失去它的 P；可以嵌套。返回当前 M。
/// en: Preemption off: up to the matching releasem the M keeps its P; may nest. Returns the current
///     M.
/// Go: runtime1.go, acquirem
inline M* acquirem() {
  M* m = getg()->m;
  ++m->locks;
  return m;
}

/// zh: 抵消一次 acquirem；@p m 是它返回的那个。
/// en: Takes back one acquirem; @p m is what that returned.
/// Go: runtime1.go, releasem
inline void releasem(M* m) { --m->locks; }

}  // namespace newproc::rt
