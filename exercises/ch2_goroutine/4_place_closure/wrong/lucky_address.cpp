// zh: 不看许诺的对齐，只看这个 G 恰好在什么地址。
// en: Looks not at the alignment that is promised, but at where this G happens to lie.
// earns: it has just 8 bytes, but wants an alignment of 128 | what fits is decided by the 64 that are promised
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"
#include "newproc/detail/closure.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {
namespace {

std::byte* down(std::byte* from, std::size_t align) {
  const auto at = reinterpret_cast<std::uintptr_t>(from);
  return from - at % align;
}

}  // namespace

void place_closure(P* p, G* g, const funcval& fn) {
  if (fn.size <= closure_room &&
      reinterpret_cast<std::uintptr_t>(g->closure.data()) % fn.align == 0) {
    g->sched.ctxt = g->closure.data();
    return;
  }
  g->stack = stackalloc(p);
  place_on_stack(g, fn);
}

void place_on_stack(G* g, const funcval& fn) {
  THROW_UNLESS(fn.size + fn.align <= closure_maximum,
               "newproc: function arguments too large for new goroutine");
  std::byte* closure = down(g->stack.hi - fn.size, fn.align);
  g->sched.ctxt = closure;
  g->stktopsp = down(closure, 16);
}

}  // namespace newproc::rt
