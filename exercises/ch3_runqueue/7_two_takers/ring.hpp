// zh: ring_get，given.hpp 声明的那个；测试备好它。
// en: ring_get, which given.hpp declares; the tests provide it.
#pragma once

#include "given.hpp"

namespace newproc::rt {

G* ring_get(P* p) {
  for (;;) {
    auto head = p->runqhead.load(order::acquire);
    if (head == p->runqtail.load(order::relaxed)) return nullptr;
    G* g = p->runq[head % ring_size].load(order::relaxed);
    if (p->runqhead.compare_exchange_strong(head, head + 1, order::release, order::relaxed))
      return g;
  }
}

}  // namespace newproc::rt
