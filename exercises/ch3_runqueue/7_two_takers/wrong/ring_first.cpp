// zh: 先看环，后看 runnext：最新的 G 要等所有别人跑完。
// en: Reads the ring before runnext: the newest G waits behind all the others.
// earns: runnext comes first
#include "given.hpp"

namespace newproc::rt {

next_g runqget(P* p) {
  if (G* g = ring_get(p)) return {g, false};
  G* next = p->runnext.exchange(nullptr, order::acq_rel);
  return {next, next != nullptr};
}

}  // namespace newproc::rt
